import CLibnl
import Quantities

/// An address in libnl's form (`struct nl_addr`), freed with this value.
struct NetworkAddress: ~Copyable {
    private let pointer: OpaquePointer

    init(_ address: IPAddress, prefixLength: Int? = nil) throws(NetlinkError) {
        let family = address.family == .ipv4 ? AF_INET : AF_INET6
        try self.init(family: family, bytes: address.bytes, text: address.description)
        if let prefixLength { nl_addr_set_prefixlen(pointer, Int32(prefixLength)) }
    }

    init(_ mac: MACAddress) throws(NetlinkError) {
        // libnl's family for link-layer addresses.
        try self.init(family: AF_LLC, bytes: mac.bytes, text: mac.description)
    }

    private init(family: Int32, bytes: [UInt8], text: String) throws(NetlinkError) {
        guard let pointer = nl_addr_build(family, bytes, bytes.count) else {
            throw .refused("convert", text, "out of memory", hint: NetlinkError.hint(for: NLE_NOMEM))
        }
        self.pointer = pointer
    }

    deinit {
        nl_addr_put(pointer)
    }

    /// Hands the address to a C function; it lives until that returns.
    @discardableResult
    borrowing func pass<R>(to function: (OpaquePointer) -> R) -> R {
        function(pointer)
    }

    /// The raw bytes of an address that libnl owns.
    static func bytes(of pointer: OpaquePointer?) -> [UInt8]? {
        guard let pointer, let start = nl_addr_get_binary_addr(pointer) else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(nl_addr_get_len(pointer))))
    }

    static func ipAddress(of pointer: OpaquePointer?) -> IPAddress? {
        bytes(of: pointer).flatMap(IPAddress.init(bytes:))
    }

    static func mac(of pointer: OpaquePointer?) -> MACAddress? {
        bytes(of: pointer).flatMap(MACAddress.init(bytes:))
    }
}

public import Glibc
public import Quantities

/// An IPv4 or IPv6 address with a port, in the kernel's form.
public struct SocketAddress: Sendable {
    private var storage = sockaddr_storage()
    /// How much of the kernel's form the family uses, in bytes.
    public private(set) var length: socklen_t
    /// IPv4 or IPv6.
    public let family: IPAddress.Family

    /// One address with a port.
    public init(_ address: IPAddress, port: UInt16) {
        self.init(address.family, address.bytes, port)
    }

    /// Every address of the family.
    public init(anyOf family: IPAddress.Family, port: UInt16) {
        self.init(family, [UInt8](repeating: 0, count: family.bits / 8), port)
    }

    private init(_ family: IPAddress.Family, _ bytes: [UInt8], _ port: UInt16) {
        self.family = family
        switch family {
        case .ipv4:
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            var value = sockaddr_in()
            value.sin_family = sa_family_t(AF_INET)
            value.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &value.sin_addr) { $0.copyBytes(from: bytes) }
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: value, as: sockaddr_in.self) }
        case .ipv6:
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            var value = sockaddr_in6()
            value.sin6_family = sa_family_t(AF_INET6)
            value.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &value.sin6_addr) { $0.copyBytes(from: bytes) }
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: value, as: sockaddr_in6.self) }
        }
    }

    /// The kernel's constant for the family.
    public var domain: Int32 { family == .ipv4 ? AF_INET : AF_INET6 }

    /// Lends the kernel's form to a system call.
    public func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}

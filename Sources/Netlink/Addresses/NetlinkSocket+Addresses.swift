import CLibnl
public import Quantities

extension NetlinkSocket {
    /// Gives a link an address, as `ip address add`.
    ///
    /// An IPv6 address skips duplicate address detection (`nodad`), so that it can be used at once.
    public func addAddress(_ address: CIDR, to name: String) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try Self.request(address, of: name, for: "add an address to", on: &connection)
            try connection.request("add address", "\(address) to \(name)") { socket in
                // libnl sets NLM_F_CREATE itself. NLM_F_EXCL makes an address that is there an error, and not a change.
                rtnl_addr_add(socket, request.pointer, NLM_F_EXCL)
            }
        }
    }

    /// Takes an address from a link; one that is absent is an error.
    public func deleteAddress(_ address: CIDR, from name: String) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try Self.request(address, of: name, for: "delete an address from", on: &connection)
            try connection.request("delete address", "\(address) from \(name)") { socket in
                rtnl_addr_delete(socket, request.pointer, 0)
            }
        }
    }

    /// The addresses of a link in the kernel's order, IPv4 first (`RTM_GETADDR`).
    public func addresses(of name: String) throws(NetlinkError) -> [CIDR] {
        try withConnection { (connection) throws(NetlinkError) in
            let index = try connection.index(of: name, for: "list the addresses of")
            let query = DumpQuery(
                noun: "the addresses of \(name)", type: Int32(RTM_GETADDR), family: UInt8(AF_UNSPEC),
                headerSize: MemoryLayout<ifaddrmsg>.size
            )
            return try connection.dump(query) { address -> CIDR? in
                guard rtnl_addr_get_ifindex(address) == index,
                    let local = NetworkAddress.ipAddress(of: rtnl_addr_get_local(address))
                else { return nil }
                return CIDR(address: local, prefixLength: Int(rtnl_addr_get_prefixlen(address)))
            }
        }
    }

    /// The addresses of all links of the namespace in the kernel's order, each as `10.0.0.1/24 dev NAME` has it
    /// (`RTM_GETADDR`).
    public func addresses() throws(NetlinkError) -> [LinkAddress] {
        try withConnection { (connection) throws(NetlinkError) in
            let query = DumpQuery(
                noun: "addresses", type: Int32(RTM_GETADDR), family: UInt8(AF_UNSPEC),
                headerSize: MemoryLayout<ifaddrmsg>.size
            )
            return try connection.dump(query) { address -> LinkAddress? in
                guard let local = NetworkAddress.ipAddress(of: rtnl_addr_get_local(address)),
                    let cidr = CIDR(address: local, prefixLength: Int(rtnl_addr_get_prefixlen(address)))
                else { return nil }
                return LinkAddress(address: cidr, linkIndex: Int(rtnl_addr_get_ifindex(address)))
            }
        }
    }

    private static func request(
        _ address: CIDR, of name: String, for operation: String, on connection: inout Connection
    ) throws(NetlinkError) -> KernelObject {
        let index = try connection.index(of: name, for: operation)
        let object = try KernelObject(rtnl_addr_alloc()) { rtnl_addr_put($0) }
        rtnl_addr_set_ifindex(object.pointer, index)
        let local = try NetworkAddress(address.address, prefixLength: address.prefixLength)
        local.pass { rtnl_addr_set_local(object.pointer, $0) }
        rtnl_addr_set_prefixlen(object.pointer, Int32(address.prefixLength))
        if address.address.family == .ipv6 {
            rtnl_addr_set_flags(object.pointer, UInt32(IFA_F_NODAD))
        }
        return object
    }
}

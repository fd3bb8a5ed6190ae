import CLibnl
public import LinuxHost

extension NetlinkSocket {
    /// Brings a link up, as `ip link set NAME up`.
    public func setUp(_ name: String) throws(NetlinkError) {
        try change(name, "bring up link") { rtnl_link_set_flags($0, UInt32(IFF_UP)) }
    }

    /// Takes a link down, as `ip link set NAME down`.
    public func setDown(_ name: String) throws(NetlinkError) {
        try change(name, "take down link") { rtnl_link_unset_flags($0, UInt32(IFF_UP)) }
    }

    /// Sets the largest packet of a link, in bytes.
    public func setMTU(_ mtu: Int, of name: String) throws(NetlinkError) {
        try LinkRequest.check(mtu, in: 1...Int(Int32.max), "MTU", of: name)
        try change(name, "set the MTU \(mtu) of link") { rtnl_link_set_mtu($0, UInt32(mtu)) }
    }

    /// Makes a link a port of a bridge; `nil` releases it.
    public func setMaster(of name: String, to bridge: String?) throws(NetlinkError) {
        let operation = bridge.map { "attach to bridge \($0) the link" } ?? "release from its bridge the link"
        let index = try withConnection { (connection) throws(NetlinkError) -> Int32 in
            // IFLA_MASTER 0 takes a port out of its bridge.
            guard let bridge else { return 0 }
            return try connection.index(of: bridge, for: "attach \(name) to")
        }
        try change(name, operation) { rtnl_link_set_master($0, index) }
    }

    /// Moves a link into another namespace, as `ip link set NAME netns …`; it arrives down and without addresses.
    public func move(_ name: String, to namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        let descriptor = namespace.descriptor
        try change(name, "move link") { rtnl_link_set_ns_fd($0, descriptor) }
    }

    // rtnl_link_add without NLM_F_CREATE is "change what is there": unlike rtnl_link_change it says which flags it
    // means, so that bringing a link up does not clear IFF_MULTICAST.
    private func change(
        _ name: String, _ operation: String, _ set: (OpaquePointer) -> Void
    ) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try LinkRequest.change(name, for: operation)
            set(request.pointer)
            try connection.request(operation, name) { rtnl_link_add($0, request.pointer, 0) }
        }
    }
}

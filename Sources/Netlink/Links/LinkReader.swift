import CLibnl
import Quantities

/// Turns libnl's form of a link into ours.
enum LinkReader {
    static func read(_ link: OpaquePointer, on socket: OpaquePointer) -> Link? {
        guard let name = rtnl_link_get_name(link) else { return nil }
        let flags = rtnl_link_get_flags(link)
        let master = rtnl_link_get_master(link)
        return Link(
            name: String(cString: name),
            kind: kind(of: link, flags: flags, on: socket),
            mtu: Int(rtnl_link_get_mtu(link)),
            mac: NetworkAddress.mac(of: rtnl_link_get_addr(link)),
            isUp: flags & UInt32(IFF_UP) != 0,
            master: master > 0 ? Int(master) : nil,
            index: Int(rtnl_link_get_ifindex(link))
        )
    }

    private static func kind(of link: OpaquePointer, flags: UInt32, on socket: OpaquePointer) -> Link.Kind {
        // Only links that a request made have IFLA_INFO_KIND.
        guard let type = rtnl_link_get_type(link) else {
            return .other(flags & UInt32(IFF_LOOPBACK) != 0 ? "loopback" : "device")
        }
        switch String(cString: type) {
        case "veth": return .veth(peer: peerName(of: link, on: socket))
        case "bridge": return .bridge
        case "vxlan": return vxlan(link, on: socket)
        case let other: return .other(other)
        }
    }

    // IFLA_LINK counts in the namespace that IFLA_LINK_NETNSID names; without that attribute it is our own.
    private static func peerName(of link: OpaquePointer, on socket: OpaquePointer) -> String {
        var elsewhere: Int32 = 0
        guard rtnl_link_get_link_netnsid(link, &elsewhere) != 0 else { return "" }
        return Connection.name(of: rtnl_link_get_link(link), on: socket) ?? ""
    }

    private static func vxlan(_ link: OpaquePointer, on socket: OpaquePointer) -> Link.Kind {
        var id: UInt32 = 0
        var port: UInt32 = 0
        var device: UInt32 = 0
        _ = rtnl_link_vxlan_get_id(link, &id)
        _ = rtnl_link_vxlan_get_port(link, &port)
        _ = rtnl_link_vxlan_get_link(link, &device)
        var local: OpaquePointer?
        let hasLocal = rtnl_link_vxlan_get_local(link, &local) == 0
        defer { nl_addr_put(local) }
        return .vxlan(
            id: id,
            local: hasLocal ? NetworkAddress.ipAddress(of: local) : nil,
            port: UInt16(truncatingIfNeeded: port),
            device: Connection.name(of: Int32(bitPattern: device), on: socket),
            learning: rtnl_link_vxlan_get_learning(link) > 0
        )
    }
}

import CLibnl
import Quantities

/// Builds what is sent to add or change a link.
enum LinkRequest {
    private static let operation = "add link"

    /// A request about an existing link, by name; what is not set stays as it is.
    static func change(_ name: String, for operation: String) throws(NetlinkError) -> KernelObject {
        try LinkName.check(name, for: operation)
        let request = try KernelObject(rtnl_link_alloc()) { rtnl_link_put($0) }
        rtnl_link_set_name(request.pointer, name)
        return request
    }

    /// A request that adds a link; `connection` looks up the index of a link that it refers to.
    static func add(_ link: Link, on connection: inout Connection) throws(NetlinkError) -> KernelObject {
        try LinkName.check(link.name, for: operation)
        try check(link.mtu, in: 0...Int(Int32.max), "MTU", of: link.name)
        try check(link.index, in: 0...Int(Int32.max), "index", of: link.name)
        let request = try allocate(link)
        rtnl_link_set_name(request.pointer, link.name)
        if link.index > 0 { rtnl_link_set_ifindex(request.pointer, Int32(link.index)) }
        if link.mtu > 0 { rtnl_link_set_mtu(request.pointer, UInt32(link.mtu)) }
        if let mac = link.mac { try NetworkAddress(mac).pass { rtnl_link_set_addr(request.pointer, $0) } }
        if let master = link.master { rtnl_link_set_master(request.pointer, Int32(clamping: master)) }
        if link.isUp { rtnl_link_set_flags(request.pointer, UInt32(IFF_UP)) }
        switch link.kind {
        case .veth(let peer, let namespace):
            try setPeer(of: request.pointer, name: peer, namespace: namespace, link: link)
        case .vxlan(let id, let local, let port, let device, let learning):
            try check(Int(id), in: 0...Int(VXLAN_ID_MAX), "network identifier", of: link.name)
            try check(Int(port), in: 1...65535, "port", of: link.name)
            rtnl_link_vxlan_set_id(request.pointer, id)
            rtnl_link_vxlan_set_port(request.pointer, UInt32(port))
            rtnl_link_vxlan_set_learning(request.pointer, learning ? 1 : 0)
            if let local { try NetworkAddress(local).pass { rtnl_link_vxlan_set_local(request.pointer, $0) } }
            guard let device else { break }
            let index = try connection.index(of: device, for: "add link \(link.name) over")
            rtnl_link_vxlan_set_link(request.pointer, UInt32(bitPattern: index))
        case .bridge, .other: break
        }
        return request
    }

    private static func allocate(_ link: Link) throws(NetlinkError) -> KernelObject {
        switch link.kind {
        case .veth: return try KernelObject(rtnl_link_veth_alloc()) { rtnl_link_veth_release($0) }
        case .bridge: return try KernelObject(rtnl_link_bridge_alloc()) { rtnl_link_put($0) }
        case .vxlan: return try KernelObject(rtnl_link_vxlan_alloc()) { rtnl_link_put($0) }
        case .other(let kind):
            let request = try KernelObject(rtnl_link_alloc()) { rtnl_link_put($0) }
            guard !kind.isEmpty, rtnl_link_set_type(request.pointer, kind) == 0 else {
                throw .refused(
                    operation, "\(link.name) of kind \"\(kind)\"", "this kind cannot be added",
                    hint: "Use veth, bridge, vxlan, or a kind that libnl knows"
                )
            }
            return request
        }
    }

    private static func setPeer(
        of link: OpaquePointer, name: String, namespace: Int32?, link description: Link
    ) throws(NetlinkError) {
        try LinkName.check(name, for: operation)
        guard let peer = rtnl_link_veth_get_peer(link) else {
            throw .refused(operation, description.name, "libnl made no peer", hint: "Report this as a defect")
        }
        // A reference of its own, although it belongs to the link.
        defer { rtnl_link_put(peer) }
        rtnl_link_set_name(peer, name)
        // Made there at once: an end that is moved later exists here for a moment, where its name may be taken.
        if let namespace { rtnl_link_set_ns_fd(peer, namespace) }
        if description.mtu > 0 { rtnl_link_set_mtu(peer, UInt32(description.mtu)) }
        // Not up yet: the kernel refuses a peer that comes up before the pair is complete (ENOTCONN).
    }

    static func check(
        _ value: Int, in range: ClosedRange<Int>, _ what: String, of name: String
    ) throws(NetlinkError) {
        guard range.contains(value) else {
            throw .refused(
                operation, name, "\(what) \(value) is out of range",
                hint: "Use \(range.lowerBound) to \(range.upperBound)"
            )
        }
    }
}

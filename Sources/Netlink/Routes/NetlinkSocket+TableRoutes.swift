import CLibnl
import Quantities

extension NetlinkSocket {
    /// The routes of all tables and all kinds, of both families (`RTM_GETROUTE`); those that the kernel remembers for a
    /// single destination for a while are left out.
    ///
    /// A family that this kernel lacks has none.
    public func tableRoutes() throws(NetlinkError) -> [TableRoute] {
        try tableRoutes(.ipv4) + tableRoutes(.ipv6)
    }

    private func tableRoutes(_ family: IPAddress.Family) throws(NetlinkError) -> [TableRoute] {
        try withConnection { (connection) throws(NetlinkError) in
            let socket = connection.socket
            let query = DumpQuery(
                noun: "\(family.rawValue) routes of all tables", type: Int32(RTM_GETROUTE),
                family: UInt8(family == .ipv4 ? AF_INET : AF_INET6), headerSize: MemoryLayout<rtmsg>.size
            )
            do throws(NetlinkError) {
                return try connection.dump(query) { Self.read($0, family, on: socket) }
            } catch  where error.code == NLE_OPNOTSUPP || error.code == NLE_AF_NOSUPPORT {
                return []
            }
        }
    }

    private static func read(
        _ route: OpaquePointer, _ family: IPAddress.Family, on socket: OpaquePointer
    ) -> TableRoute? {
        guard rtnl_route_get_flags(route) & UInt32(RTM_F_CLONED) == 0 else { return nil }
        let destination = rtnl_route_get_dst(route)
        let length = destination.map { Int(nl_addr_get_prefixlen($0)) } ?? 0
        let hops = (0..<rtnl_route_get_nnexthops(route)).compactMap { number -> String? in
            rtnl_route_nexthop_n(route, number).map { words(for: $0, on: socket) }
        }
        return TableRoute(
            table: Int(rtnl_route_get_table(route)),
            kind: kind(rtnl_route_get_type(route)),
            family: family,
            destination: length == 0
                ? nil
                : NetworkAddress.ipAddress(of: destination).flatMap { CIDR(address: $0, prefixLength: length) },
            hops: hops.filter { !$0.isEmpty },
            priority: Int(rtnl_route_get_priority(route)),
            isOfKernel: rtnl_route_get_protocol(route) == UInt8(RTPROT_KERNEL)
        )
    }

    private static func words(for hop: OpaquePointer, on socket: OpaquePointer) -> String {
        var words: [String] = []
        if let gateway = NetworkAddress.ipAddress(of: rtnl_route_nh_get_gateway(hop)) {
            words += ["via", "\(gateway)"]
        }
        if let name = Connection.name(of: rtnl_route_nh_get_ifindex(hop), on: socket) { words += ["dev", name] }
        return words.joined(separator: " ")
    }

    private static func kind(_ type: UInt8) -> String {
        var buffer = [CChar](repeating: 0, count: 32)
        guard let name = nl_rtntype2str(Int32(type), &buffer, buffer.count) else { return "\(type)" }
        return String(cString: name)
    }
}

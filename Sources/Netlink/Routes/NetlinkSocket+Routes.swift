import CLibnl
public import Quantities

extension NetlinkSocket {
    /// Adds a route to the main table, as `ip route add`.
    public func addRoute(_ route: Route) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try RouteRequest.make(route, for: "add route", on: &connection)
            try connection.request("add route", "\(route)") { rtnl_route_add($0, request.pointer, NLM_F_EXCL) }
        }
    }

    /// Deletes a route of the main table; one that is absent is an error.
    public func deleteRoute(_ route: Route) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try RouteRequest.make(route, for: "delete route", on: &connection)
            try connection.request("delete route", "\(route)") { rtnl_route_delete($0, request.pointer, 0) }
        }
    }

    /// Makes this namespace answer for a whole range, as `ip route add local RANGE dev lo`.
    public func addLocalRoute(to range: CIDR) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let route = Route(destination: range, interface: "lo", scope: .host)
            let request = try RouteRequest.make(route, for: "add local route", on: &connection)
            rtnl_route_set_type(request.pointer, UInt8(RTN_LOCAL))
            rtnl_route_set_table(request.pointer, UInt32(RT_TABLE_LOCAL.rawValue))
            try connection.request("add local route", "\(range)") { rtnl_route_add($0, request.pointer, NLM_F_EXCL) }
        }
    }

    /// The unicast routes of the main table, the kernel's own among them (`RTM_GETROUTE`).
    public func routes(family: IPAddress.Family) throws(NetlinkError) -> [Route] {
        try withConnection { (connection) throws(NetlinkError) in
            let socket = connection.socket
            let query = DumpQuery(
                noun: "\(family.rawValue) routes", type: Int32(RTM_GETROUTE),
                family: UInt8(family == .ipv4 ? AF_INET : AF_INET6), headerSize: MemoryLayout<rtmsg>.size
            )
            return try connection.dump(query) { RouteRequest.read($0, on: socket) }
        }
    }
}

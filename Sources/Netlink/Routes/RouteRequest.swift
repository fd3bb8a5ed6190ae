import CLibnl
import Quantities

/// Turns routes into libnl's form and back.
enum RouteRequest {
    static func make(
        _ route: Route, for operation: String, on connection: inout Connection
    ) throws(NetlinkError) -> KernelObject {
        let object = try KernelObject(rtnl_route_alloc()) { rtnl_route_put($0) }
        let family = route.family == .ipv4 ? AF_INET : AF_INET6
        if let gateway = route.gateway, gateway.family != route.family {
            throw .refused(operation, "\(route)", "destination and gateway are of different families", hint: "Use one")
        }
        rtnl_route_set_family(object.pointer, UInt8(family))
        rtnl_route_set_table(object.pointer, UInt32(RT_TABLE_MAIN.rawValue))
        if let scope = route.scope { rtnl_route_set_scope(object.pointer, scope.rawValue) }
        try setDestination(of: object.pointer, route)
        guard let hop = rtnl_route_nh_alloc() else {
            throw .refused(operation, "\(route)", "out of memory", hint: NetlinkError.hint(for: NLE_NOMEM))
        }
        // From here on the route owns it.
        rtnl_route_add_nexthop(object.pointer, hop)
        if let interface = route.interface {
            rtnl_route_nh_set_ifindex(hop, try connection.index(of: interface, for: operation))
        }
        if let gateway = route.gateway { try NetworkAddress(gateway).pass { rtnl_route_nh_set_gateway(hop, $0) } }
        if route.onLink { rtnl_route_nh_set_flags(hop, UInt32(RTNH_F_ONLINK)) }
        return object
    }

    static func read(_ route: OpaquePointer, on socket: OpaquePointer) -> Route? {
        // A dump has the routes of all tables and types.
        guard rtnl_route_get_table(route) == UInt32(RT_TABLE_MAIN.rawValue),
            rtnl_route_get_type(route) == UInt8(RTN_UNICAST), let hop = rtnl_route_nexthop_n(route, 0)
        else { return nil }
        let destination = rtnl_route_get_dst(route)
        let length = destination.map { Int(nl_addr_get_prefixlen($0)) } ?? 0
        return Route(
            destination: NetworkAddress.ipAddress(of: destination).flatMap { CIDR(address: $0, prefixLength: length) },
            gateway: NetworkAddress.ipAddress(of: rtnl_route_nh_get_gateway(hop)),
            interface: Connection.name(of: rtnl_route_nh_get_ifindex(hop), on: socket),
            onLink: rtnl_route_nh_get_flags(hop) & UInt32(RTNH_F_ONLINK) != 0,
            scope: Route.Scope(rawValue: rtnl_route_get_scope(route)),
            family: Int32(rtnl_route_get_family(route)) == AF_INET ? .ipv4 : .ipv6
        )
    }

    private static func setDestination(of object: OpaquePointer, _ route: Route) throws(NetlinkError) {
        // libnl wants a destination for the default route, too: zeroes with a prefix of 0 bits.
        let any = [UInt8](repeating: 0, count: route.family.bits / 8)
        guard let address = route.destination?.address ?? IPAddress(bytes: any) else { return }
        let destination = try NetworkAddress(address, prefixLength: route.destination?.prefixLength ?? 0)
        destination.pass { rtnl_route_set_dst(object, $0) }
    }
}

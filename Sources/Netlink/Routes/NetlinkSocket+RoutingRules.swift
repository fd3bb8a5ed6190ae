import CLibnl
import Quantities

extension NetlinkSocket {
    /// The rules by which routing tables are chosen, of both families (`RTM_GETRULE`).
    ///
    /// A family without rules in this kernel has none.
    public func routingRules() throws(NetlinkError) -> [RoutingRule] {
        try routingRules(.ipv4) + routingRules(.ipv6)
    }

    private func routingRules(_ family: IPAddress.Family) throws(NetlinkError) -> [RoutingRule] {
        try withConnection { (connection) throws(NetlinkError) in
            let query = DumpQuery(
                noun: "\(family.rawValue) routing rules", type: Int32(RTM_GETRULE),
                family: UInt8(family == .ipv4 ? AF_INET : AF_INET6), headerSize: MemoryLayout<fib_rule_hdr>.size
            )
            do throws(NetlinkError) {
                return try connection.dump(query) { Self.read($0, family) }
            } catch  where error.code == NLE_OPNOTSUPP || error.code == NLE_AF_NOSUPPORT {
                return []
            }
        }
    }

    private static func read(_ rule: OpaquePointer, _ family: IPAddress.Family) -> RoutingRule {
        RoutingRule(
            priority: Int(rtnl_rule_get_prio(rule)),
            family: family,
            source: cidr(rtnl_rule_get_src(rule)),
            destination: cidr(rtnl_rule_get_dst(rule)),
            inputInterface: rtnl_rule_get_iif(rule).map { String(cString: $0) },
            outputInterface: rtnl_rule_get_oif(rule).map { String(cString: $0) },
            mark: Int(rtnl_rule_get_mark(rule)),
            table: Int(rtnl_rule_get_table(rule))
        )
    }

    private static func cidr(_ address: OpaquePointer?) -> CIDR? {
        guard let address, let known = NetworkAddress.ipAddress(of: address) else { return nil }
        return CIDR(address: known, prefixLength: Int(nl_addr_get_prefixlen(address)))
    }
}

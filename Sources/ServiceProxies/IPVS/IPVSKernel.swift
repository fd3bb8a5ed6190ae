import LinuxHost
import Netlink
import Quantities

/// The parts of the kernel that netlink speaks to, and sysctls; everything here waits.
///
/// These are IPVS and the link `kube-ipvs0`.
struct IPVSKernel: Sendable {
    /// The link that carries every virtual address, so that the kernel takes their packets for its own.
    static let link = "kube-ipvs0"

    /// What kube-proxy sets for IPVS; `conn_reuse_mode` is right from Linux 5.9 on.
    static let sysctls = [
        // conntrack: netfilter tracks connections of IPVS, as masquerading needs. expire_nodest_conn: connections end
        // with their destination. expire_quiescent_template: so does the persistence of clients at weight 0.
        "net.ipv4.vs.conntrack", "net.ipv4.vs.expire_nodest_conn", "net.ipv4.vs.expire_quiescent_template",
        "net.ipv4.ip_forward",
    ]

    private let ipvs: IPVSSocket
    private let route: NetlinkSocket

    /// Opens sockets in the namespace of the configuration; `.missing` when the kernel has no IPVS.
    init(_ configuration: ProxyConfiguration) throws(ServiceProxyError) {
        let namespace = try configuration.openNamespace()
        try self.init(in: namespace, timeout: configuration.deadline)
    }

    /// Opens sockets in a namespace.
    init(in namespace: borrowing NetworkNamespace, timeout: Duration) throws(ServiceProxyError) {
        do throws(NetlinkError) {
            ipvs = try IPVSSocket(in: namespace, timeout: timeout)
            route = try NetlinkSocket(in: namespace, timeout: timeout)
        } catch {
            throw ServiceProxyError(error)
        }
    }

    /// Sets sysctls and makes the link, unless it is there; it stays down, local addresses do not need it up.
    func prepare(_ configuration: ProxyConfiguration) throws(ServiceProxyError) {
        let namespace = try configuration.openNamespace()
        do throws(HostError) {
            for key in Self.sysctls { try Sysctl.write(key, "1", in: namespace) }
        } catch {
            throw ServiceProxyError(error)
        }
        try request { () throws(NetlinkError) in
            guard try route.link(named: Self.link) == nil else { return }
            try route.add(Link(name: Self.link, kind: .other("dummy")))
        }
    }

    /// Everything that is there in IPVS, with the addresses of the link.
    ///
    /// IPVS lists destinations by service only, and one list at a time on a socket.
    func read() throws(ServiceProxyError) -> (served: [IPVSNeeds.Served], addresses: [IPv4Address]) {
        try request { () throws(NetlinkError) in
            var served: [IPVSNeeds.Served] = []
            for service in try ipvs.services() {
                served.append(.init(service: service, destinations: try ipvs.destinations(of: service.key)))
            }
            return (served, try addresses())
        }
    }

    /// How many services there are, whoever made them.
    func countOfServices() throws(ServiceProxyError) -> Int {
        try request { () throws(NetlinkError) in try ipvs.services().count }
    }

    /// Whether the link is there.
    func hasLink() throws(ServiceProxyError) -> Bool {
        try request { () throws(NetlinkError) in try route.link(named: Self.link) != nil }
    }

    /// Adds addresses, then makes the requests; returns the bytes that were sent.
    ///
    /// In this order, because without any local address the kernel takes every destination for a broadcast and refuses
    /// it.
    func make(_ change: IPVSChange) throws(ServiceProxyError) -> Int {
        try request { () throws(NetlinkError) in
            let added = try route.addAddresses(Self.compact(change.addedAddresses), to: Self.link)
            if let refusal = added.refusals.first { throw refusal.error }
            let made = try ipvs.send(change.requests)
            if let refusal = made.refusals.first { throw refusal.error }
            return added.bytes + made.bytes
        }
    }

    /// Takes addresses away that nothing needs any more; returns the bytes that were sent.
    func clean(_ change: IPVSChange) throws(ServiceProxyError) -> Int {
        guard !change.removedAddresses.isEmpty else { return 0 }
        return try request { () throws(NetlinkError) in
            let removed = try route.deleteAddresses(Self.compact(change.removedAddresses), from: Self.link)
            if let refusal = removed.refusals.first { throw refusal.error }
            return removed.bytes
        }
    }

    /// Takes away all services and the link.
    func removeAll() throws(ServiceProxyError) {
        try request { () throws(NetlinkError) in
            try ipvs.perform(.flush)
            // The link takes its addresses along.
            if try route.link(named: Self.link) != nil { try route.delete(linkNamed: Self.link) }
        }
    }

    /// Tries whether the link and the scheduler can be had, in a namespace that is thrown away.
    func tryOut(scheduler: String) throws(ServiceProxyError) {
        try request { () throws(NetlinkError) in
            try route.add(Link(name: Self.link, kind: .other("dummy")))
            // 198.51.100.0 is for documents (RFC 5737).
            let key = IPVSService.Key.address(CompactAddress(ipv4: 0xC633_6400), port: 20_000, transport: 6)
            try ipvs.perform(.addService(IPVSService(key, scheduler: scheduler)))
        }
    }

    private func addresses() throws(NetlinkError) -> [IPv4Address] {
        guard try route.link(named: Self.link) != nil else { return [] }
        return try route.addresses(of: Self.link).compactMap { IPv4Address($0.address) }
    }

    private func request<Value>(_ body: () throws(NetlinkError) -> Value) throws(ServiceProxyError) -> Value {
        do throws(NetlinkError) {
            return try body()
        } catch {
            throw ServiceProxyError(error)
        }
    }

    private static func compact(_ addresses: [IPv4Address]) -> [CompactAddress] {
        addresses.map { CompactAddress(ipv4: $0.number) }
    }
}

import TestSupport
import Testing

@testable import ServiceProxies

@Suite("Rules of nftables")
struct NFTPlannerTests {
    private let maps = NFTPlanner(configuration: Setting.configuration, layout: .endpointMaps)
    private let chains = NFTPlanner(configuration: Setting.configuration, layout: .endpointChains)

    @Test("a service of 1.36 is one chain with one rule, and three elements")
    func goldenMaps() throws {
        let services = SampleServices.make(1, endpoints: 2, localEndpoints: 1)
        let plan = maps.partialSync(.added(services[0]), resulting: services)
        let name = "service-\(hash("bench/svc-0/tcp/http"))-bench/svc-0/tcp/http"
        #expect(
            Setting.text(try #require(plan.transactions.first)) == """
                add chain ip kube-proxy \(name)
                flush chain ip kube-proxy \(name)
                add rule ip kube-proxy \(name) meta l4proto tcp dnat ip addr . port to numgen random mod 2 map { 0 : 10.128.0.1 . 8080, 1 : 10.128.0.2 . 8080 }
                add element ip kube-proxy cluster-ips { 10.96.0.1 }
                add element ip kube-proxy service-ips { 10.96.0.1 . tcp . 80 : goto \(name) }
                add element ip kube-proxy hairpin-connections { 10.128.0.1 . 10.128.0.1 . tcp . 8080 }

                """)
    }

    @Test("a service with one endpoint needs no map")
    func goldenSingle() throws {
        let services = SampleServices.make(1, endpoints: 1)
        let plan = maps.partialSync(.added(services[0]), resulting: services)
        let text = Setting.text(try #require(plan.transactions.first))
        #expect(text.contains(" meta l4proto tcp dnat to 10.128.0.1:8080\n"))
        #expect(!text.contains("numgen"))
    }

    @Test("a service of before has a chain for each endpoint")
    func goldenChains() throws {
        let services = SampleServices.make(1, endpoints: 1)
        let plan = chains.partialSync(.added(services[0]), resulting: services)
        let base = "\(hash("bench/svc-0/tcp/http"))-bench/svc-0/tcp/http"
        let endpoint = "\(hash("bench/svc-0/tcp/http__10.128.0.1/8080"))-bench/svc-0/tcp/http__10.128.0.1/8080"
        #expect(
            Setting.text(try #require(plan.transactions.first)) == """
                add chain ip kube-proxy endpoint-\(endpoint)
                flush chain ip kube-proxy endpoint-\(endpoint)
                add chain ip kube-proxy service-\(base)
                flush chain ip kube-proxy service-\(base)
                add rule ip kube-proxy service-\(base) ip daddr 10.96.0.1 tcp dport 80 ip saddr != 10.244.0.0/24 jump mark-for-masquerade
                add rule ip kube-proxy service-\(base) numgen random mod 1 vmap { 0 : goto endpoint-\(endpoint) }
                add rule ip kube-proxy endpoint-\(endpoint) ip saddr 10.128.0.1 jump mark-for-masquerade
                add rule ip kube-proxy endpoint-\(endpoint) meta l4proto tcp dnat to 10.128.0.1:8080
                add element ip kube-proxy cluster-ips { 10.96.0.1 }
                add element ip kube-proxy service-ips { 10.96.0.1 . tcp . 80 : goto service-\(base) }

                """)
    }

    @Test("what is planned is what is expected, for every kind of service", arguments: [1, 2, 3, 50])
    func property(_ endpoints: Int) {
        let services = SampleServices.everyKind(endpoints: endpoints)
        for planner in [maps, chains] {
            let plan = planner.fullSync(services)
            #expect(plan.transactions.count == 1)
            #expect(
                counts(in: plan.transactions)
                    == NFTCounts.expected(for: services, Setting.configuration, planner.layout))
        }
    }

    @Test("a plain service adds one chain, one rule and its elements in 1.36", arguments: [1, 20], [1, 13])
    func formula(_ services: Int, _ endpoints: Int) {
        let none = NFTCounts.expected(for: [], Setting.configuration, .endpointMaps).numbers
        let some = NFTCounts.expected(
            for: SampleServices.make(services, endpoints: endpoints), Setting.configuration, .endpointMaps
        ).numbers
        #expect(some[.chains] == (none[.chains] ?? 0) + services)
        #expect(some[.rules] == (none[.rules] ?? 0) + services)
        #expect(some[.elements] == (none[.elements] ?? 0) + services * (2 + (endpoints > 1 ? endpoints : 0)))
    }

    @Test("transactions of a limited size hold the same lines")
    func chunks() {
        let services = SampleServices.make(10, endpoints: 2)
        let limited = NFTPlanner(
            configuration: Setting.configuration { $0.servicesPerTransaction = 4 }, layout: .endpointMaps)
        let plan = limited.fullSync(services)
        #expect(plan.transactions.count == 3)
        #expect(Array(plan.transactions.joined()) == maps.fullSync(services).transactions[0])
    }

    @Test("an element that another service needs stays")
    func shared() {
        var services = SampleServices.make(2, endpoints: 1, localEndpoints: 1)
        services[1].clusterIP = services[0].clusterIP
        services[1].port = 81
        services[1].endpoints = services[0].endpoints
        let plan = maps.partialSync(.removed(services[1]), resulting: [services[0]])
        let deleted = plan.transactions.flatMap(Setting.lines).filter { $0.hasPrefix("delete ") }
        #expect(deleted == ["delete element ip kube-proxy service-ips { 10.96.0.1 . tcp . 81 }"])
        #expect(plan.staleChains.count == 1)
    }

    @Test("a service that loses its endpoints moves to the map of those without, and back")
    func empty() {
        let full = SampleServices.make(1, endpoints: 2, exposure: SampleServices.nodePort)[0]
        var empty = full
        empty.endpoints = []
        let lost = maps.partialSync(.endpointsChanged(from: full, to: empty), resulting: [empty])
        let lines = lost.transactions.flatMap(Setting.lines)
        #expect(lines.filter { $0.hasPrefix("add element ip kube-proxy no-endpoint-") }.count == 2)
        #expect(lines.filter { $0.hasPrefix("delete element ip kube-proxy service-") }.count == 2)
        #expect(lost.staleChains.count == 2)
        let back = maps.partialSync(.endpointsChanged(from: empty, to: full), resulting: [full])
        #expect(back.staleChains.isEmpty)
    }

    @Test("what goes to an address of the range that no service has is dropped")
    func serviceRange() {
        let configuration = Setting.configuration {
            $0.serviceRanges = [IPv4Range(IPv4Address(number: 0x0A60_0000), prefixLength: 12)]
        }
        for layout in NFTLayout.allCases {
            let plan = NFTPlanner(configuration: configuration, layout: layout).fullSync([])
            let check = plan.transactions.flatMap(Setting.lines).filter {
                $0.hasPrefix("add rule ip kube-proxy cluster-ips-check ")
            }
            #expect(
                check == [
                    "add rule ip kube-proxy cluster-ips-check ip daddr @cluster-ips reject comment \"Reject traffic to invalid ports of ClusterIPs\"",
                    "add rule ip kube-proxy cluster-ips-check ip daddr { 10.96.0.0/12 } drop comment \"Drop traffic to unallocated ClusterIPs\"",
                ])
            #expect(counts(in: plan.transactions) == NFTCounts.expected(for: [], configuration, layout))
        }
    }

    @Test("a balancer whose ranges hold its own address and the node's is listed once")
    func ownRange() {
        let address = IPv4Address(number: 0xC0A8_0001)
        for (range, listed) in [
            ("all", "{ 0.0.0.0/0 }"), ("the node's", "{ 172.30.0.0/16, 192.168.0.1 }"),
            ("a stranger's", "{ 10.0.0.0/8 }"),
        ] {
            let base = IPv4Address(number: range == "all" ? 0 : range == "the node's" ? 0xAC1E_0000 : 0x0A00_0000)
            let length = range == "all" ? 0 : range == "the node's" ? 16 : 8
            var service = SampleServices.make(1, endpoints: 1)[0]
            service.exposure = .loadBalancer(
                address: address, nodePort: nil, sourceRanges: [IPv4Range(base, prefixLength: length)])
            let lines = maps.partialSync(.added(service), resulting: [service]).transactions.flatMap(Setting.lines)
            #expect(
                lines.filter { $0.contains(" ip saddr != ") }.map { $0.hasSuffix("ip saddr != \(listed) drop") } == [
                    true
                ])
        }
    }

    @Test("a new start deletes the sets of affinity that no service has any more, and keeps the others")
    func staleAffinity() throws {
        let there = SampleServices.make(2, endpoints: 2, affinitySeconds: 60)
        var writer = NFTWriter(Setting.configuration, .endpointMaps)
        for service in there { writer.writeChains(of: service) }
        var existing = NFTablesSurvey()
        existing.affinitySets = writer.affinitySets.map { String(decoding: $0, as: UTF8.self) }
        let lines = maps.fullSync([there[0]], over: existing).transactions.flatMap(Setting.lines)
        let deleted = lines.filter { $0.hasPrefix("delete set ") }
        #expect(deleted.count == 2)
        #expect(deleted.allSatisfy { $0.contains("bench/svc-1/") })
        #expect(
            maps.fullSync(there, over: existing).transactions.flatMap(Setting.lines).allSatisfy {
                !$0.hasPrefix("delete ")
            })
    }

    @Test("one local endpoint of a TCP and of a UDP service is two hairpins, and of two TCP services one")
    func hairpins() {
        var services = SampleServices.make(3, endpoints: 1, localEndpoints: 1)
        for index in services.indices { services[index].endpoints = services[0].endpoints }
        services[1].transport = .udp
        let expected = NFTCounts.expected(for: services, Setting.configuration, .endpointMaps)
        #expect(counts(in: maps.fullSync(services).transactions) == expected)
        let lines: [Substring] = maps.fullSync(services).transactions.flatMap(Setting.lines)
        #expect(Set(lines.filter { $0.contains("hairpin-connections { 10.") }).count == 2)
    }

    @Test("a balancer without a node port has no element for one")
    func balancerWithoutNodePort() {
        let services = SampleServices.make(1, endpoints: 2, exposure: SampleServices.balancerWithoutNodePort)
        let lines = maps.partialSync(.added(services[0]), resulting: services).transactions.flatMap(Setting.lines)
        #expect(!lines.contains { $0.contains("nodeports {") })
        #expect(lines.filter { $0.hasPrefix("add element ip kube-proxy service-ips ") }.count == 2)
    }

    @Test("an old version is told from a new one")
    func versions() throws {
        let usual = try #require(NFTVersion(parsing: "nftables v1.0.6 (Lester Gooch #5)\n"))
        #expect(usual == NFTVersion(major: 1, minor: 0, patch: 6))
        #expect(try #require(NFTVersion(parsing: "nftables v0.9.8 (E.D.S.)")) < NFTables.oldest)
        #expect(try #require(NFTVersion(parsing: "nftables v1.1 (x)")) > NFTables.oldest)
        #expect(NFTVersion(parsing: "nothing of this kind") == nil)
    }

    private func hash(_ name: String) -> String {
        var text = TextBuffer()
        text.append(text: name)
        var written = TextBuffer()
        written.append("\(NameHash.short(of: text))")
        return Setting.text(written.bytes)
    }

    /// Counts lines, each element once, and the entries of maps without a name.
    private func counts(in transactions: [[UInt8]]) -> ObjectCounts {
        var chains: Set<Substring> = []
        var elements: Set<Substring> = []
        var anonymous = 0
        var rules = 0
        for line in transactions.flatMap(Setting.lines) {
            if line.hasPrefix("add chain ") {
                chains.insert(line.split(separator: " ")[4])
            } else if line.hasPrefix("add element ") {
                elements.insert(line)
            } else if line.hasPrefix("add rule ") {
                rules += 1
                if let start = line.ranges(of: "map { ").first {
                    anonymous += line[start.upperBound...].split(separator: ",").count
                }
            }
        }
        return ObjectCounts([.chains: chains.count, .rules: rules, .elements: elements.count + anonymous])
    }
}

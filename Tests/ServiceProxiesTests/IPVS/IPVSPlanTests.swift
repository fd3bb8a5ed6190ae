import Netlink
import Quantities
import TestSupport
import Testing

@testable import ServiceProxies

@Suite("What IPVS needs for services")
struct IPVSPlanTests {
    static let node = IPv4Address(number: 0xAC1E_0001)
    static let configuration = ProxyConfiguration(
        localPodRange: IPv4Range(IPv4Address(number: 0x0AF4_0000), prefixLength: 24), nodeAddresses: [node])

    private func text(_ state: IPVSState) -> [String] {
        String(decoding: IPSetText.restore(IPVSState().change(to: state), creating: false), as: UTF8.self)
            .split(separator: "\n").map { $0.dropFirst(4).dropLast(7) }.map(String.init)
    }

    @Test("a service of a cluster is one virtual service, one address, two elements")
    func clusterIP() throws {
        let services = SampleServices.make(1, endpoints: 2)
        let (plan, state) = IPVSPlan.make(services, Self.configuration)
        let served = try #require(state.served.first)
        #expect(state.served.count == 1)
        #expect("\(served.service)" == "TCP 10.96.0.1:80 rr")
        #expect(
            served.destinations.map { "\($0) \($0.weight) \($0.forwarding)" } == [
                "10.128.0.1:8080 1 masquerade", "10.128.0.2:8080 1 masquerade",
            ])
        #expect(state.addresses.map(\.description) == ["10.96.0.1"])
        #expect(text(state) == ["KUBE-CLUSTER-IP 10.96.0.1,80", "KUBE-IPVS-IPS 10.96.0.1"])
        #expect(plan.elementsOfSet == [.clusterIP: 1, .addresses: 1])
    }

    @Test("affinity makes the service persistent for so many seconds")
    func affinity() {
        let (_, state) = IPVSPlan.make(
            SampleServices.make(1, endpoints: 1, affinitySeconds: 10_800), Self.configuration)
        #expect(state.served.map(\.service.flags) == [.persistent])
        #expect(state.served.map(\.service.persistenceSeconds) == [10_800])
    }

    @Test("a node port is a virtual service at every address of the node, and none of those goes onto kube-ipvs0")
    func nodePort() {
        var configuration = Self.configuration
        configuration.nodeAddresses.append(IPv4Address(number: 0xC0A8_0105))
        let services = SampleServices.make(1, endpoints: 1, transport: .udp, exposure: SampleServices.nodePort)
        let (_, state) = IPVSPlan.make(services, configuration)
        #expect(
            state.served.map(\.service.description) == [
                "UDP 10.96.0.1:80 rr", "UDP 172.30.0.1:30000 rr", "UDP 192.168.1.5:30000 rr",
            ])
        #expect(state.addresses.count == 1)
        #expect(text(state).contains("KUBE-NODE-PORT-UDP 30000"))
    }

    @Test("a balancer with source ranges: the ranges may, the node may only when it is in one of them")
    func balancer() {
        let services = SampleServices.make(1, endpoints: 1, exposure: SampleServices.balancer)
        let (plan, state) = IPVSPlan.make(services, Self.configuration)
        #expect(state.addresses.map(\.description) == ["10.96.0.1", "192.168.0.1"])
        #expect(
            Set(text(state)) == [
                "KUBE-IPVS-IPS 10.96.0.1", "KUBE-IPVS-IPS 192.168.0.1", "KUBE-CLUSTER-IP 10.96.0.1,80",
                "KUBE-LOAD-BALANCER 192.168.0.1,80", "KUBE-LOAD-BALANCER-FW 192.168.0.1,80",
                "KUBE-LOAD-BALANCER-SOURCE-CIDR 192.168.0.1,80,203.0.113.0/24", "KUBE-NODE-PORT-TCP 30000",
            ])
        #expect(IPVSRules(plan).filter.contains { $0.hasPrefix("KUBE-IPVS-OUT-FILTER -s 192.168.0.1 -m ipvs") })

        var open = services
        open[0].exposure = .loadBalancer(
            address: IPv4Address(number: 0xC0A8_0001), nodePort: 30_000,
            sourceRanges: [IPv4Range(Self.node, prefixLength: 16)])
        let (openPlan, openState) = IPVSPlan.make(open, Self.configuration)
        #expect(text(openState).contains("KUBE-LOAD-BALANCER-SOURCE-IP 192.168.0.1,80,192.168.0.1"))
        #expect(!IPVSRules(openPlan).filter.contains { $0.hasPrefix("KUBE-IPVS-OUT-FILTER") })
    }

    @Test("an endpoint of this node may meet itself, and two services with the same one need one element")
    func loopBack() {
        var services = SampleServices.make(2, endpoints: 1, localEndpoints: 1)
        services[1].endpoints = services[0].endpoints
        var (plan, state) = IPVSPlan.make(services, Self.configuration)
        #expect(text(state).filter { $0 == "KUBE-LOOP-BACK 10.128.0.1,8080,10.128.0.1" }.count == 1)
        let change = plan.replace(services[0], by: nil)
        #expect(change.removedElements.allSatisfy { $0.set != .loopBack })
        let last = plan.replace(services[1], by: nil)
        #expect(last.removedElements.contains { $0.set == .loopBack })
        #expect(plan.elementUses.isEmpty)
        #expect(plan.addressUses.isEmpty)
    }

    @Test("the rules do not grow with the services")
    func constant() {
        let few = IPVSRules(IPVSPlan.make(SampleServices.make(1, endpoints: 1), Self.configuration).plan)
        let many = IPVSRules(IPVSPlan.make(SampleServices.make(5_000, endpoints: 2), Self.configuration).plan)
        #expect(few == many)
        #expect(few.nat.count == 9)
        #expect(few.filter.count == 10)
        #expect(Set(IPVSRules.jumps.map(\.key)).count == 9)
    }

    @Test("there are the 17 sets of kube-proxy, with names that ipset takes")
    func sets() {
        #expect(IPVSSet.allCases.count == 17)
        #expect(IPVSSet.allCases.allSatisfy { $0.rawValue.utf8.count <= 31 })
        #expect(
            IPVSSet.clusterIP.creation
                == "create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536 -exist\n")
        #expect(IPVSSet.nodePortTCP.creation == "create KUBE-NODE-PORT-TCP bitmap:port range 0-65535 -exist\n")
    }

    @Test("65,536 services fit, one more is refused with the name of the set that is full")
    func capacity() throws {
        try IPVSPlan.make(SampleServices.make(65_536, endpoints: 0), Self.configuration).plan.checkCapacity()
        let plan = IPVSPlan.make(SampleServices.make(65_537, endpoints: 0), Self.configuration).plan
        let error = #expect(throws: ServiceProxyError.self) { try plan.checkCapacity() }
        #expect(error?.code == .badServices)
        #expect(error?.cause.contains("65537 elements, and takes 65536") == true)
    }

    @Test("a new service at another one's address and port is refused before anything is programmed")
    func clash() {
        let services = SampleServices.everyKind()
        let plan = IPVSPlan.make(services, Self.configuration).plan
        for service in services {
            let error = #expect(throws: ServiceProxyError.self) { try plan.checkClash(of: service) }
            #expect(error?.code == .badServices)
        }
        #expect(throws: Never.self) { try plan.checkClash(of: SampleServices.make(1, endpoints: 1, from: 99)[0]) }
    }

    @Test("a range of all addresses, which no ipset takes, is written as its two halves")
    func everywhere() {
        var services = SampleServices.make(1, endpoints: 1)
        services[0].exposure = .loadBalancer(
            address: IPv4Address(number: 0xC0A8_0001), nodePort: 30_000,
            sourceRanges: [IPv4Range(IPv4Address(number: 0), prefixLength: 0)])
        let (plan, state) = IPVSPlan.make(services, Self.configuration)
        #expect(
            text(state).filter { $0.hasPrefix("KUBE-LOAD-BALANCER-SOURCE-CIDR ") } == [
                "KUBE-LOAD-BALANCER-SOURCE-CIDR 192.168.0.1,80,0.0.0.0/1",
                "KUBE-LOAD-BALANCER-SOURCE-CIDR 192.168.0.1,80,128.0.0.0/1",
            ])
        // The node is in it, too.
        #expect(text(state).contains("KUBE-LOAD-BALANCER-SOURCE-IP 192.168.0.1,80,192.168.0.1"))
        #expect(plan.blocked.isEmpty)
    }

    @Test("a balancer at an address of the node is served there, and the address stays where it is")
    func ownAddress() {
        var services = SampleServices.make(1, endpoints: 1)
        services[0].exposure = .loadBalancer(address: Self.node, nodePort: nil, sourceRanges: [])
        let (_, state) = IPVSPlan.make(services, Self.configuration)
        #expect(state.served.map(\.service.description) == ["TCP 10.96.0.1:80 rr", "TCP 172.30.0.1:80 rr"])
        #expect(state.addresses.map(\.description) == ["10.96.0.1"])
    }

    @Test("a balancer without a node port is no virtual service at the node's addresses")
    func balancerWithoutNodePort() {
        let services = SampleServices.make(1, endpoints: 1, exposure: SampleServices.balancerWithoutNodePort)
        let (_, state) = IPVSPlan.make(services, Self.configuration)
        #expect(state.served.map(\.service.description) == ["TCP 10.96.0.1:80 rr", "TCP 192.168.0.1:80 rr"])
        #expect(!text(state).contains { $0.hasPrefix("KUBE-NODE-PORT") })
    }

    @Test("a change that is refused leaves the plan as it was")
    func refusedChange() throws {
        let services = SampleServices.make(3, endpoints: 1, localEndpoints: 1)
        var plan = IPVSPlan.make(services, Self.configuration).plan
        let before = plan
        var twin = SampleServices.make(1, endpoints: 1, from: 7)[0]
        twin.clusterIP = services[0].clusterIP
        var full = services[1]
        full.endpoints = (0...IPVSSet.capacity).map {
            ServiceEndpoint(address: IPv4Address(number: 0x0B00_0000).advanced(by: $0), port: 80, isLocal: true)
        }
        var bad = services[1]
        bad.endpoints = bad.endpoints + bad.endpoints
        let refused: [(ServiceChange, String)] = [
            (.added(twin), "is another service's, too"),
            (.endpointsChanged(from: services[1], to: full), "and takes 65536"),
            (.endpointsChanged(from: services[1], to: bad), "it has an endpoint twice"),
        ]
        for (change, cause) in refused {
            let error = #expect(throws: ServiceProxyError.self) { try plan.carryOut(change) }
            #expect(error?.cause.contains(cause) == true)
            #expect(plan.elementUses == before.elementUses)
            #expect(plan.addressUses == before.addressUses)
            #expect(plan.elementsOfSet == before.elementsOfSet)
        }
        // What is taken changes it.
        _ = try plan.carryOut(.removed(services[0]))
        #expect(plan.elementUses != before.elementUses)
        _ = try plan.carryOut(.added(twin))
    }
}

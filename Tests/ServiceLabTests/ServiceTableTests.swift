import Contract
import Quantities
import ServiceProxies
import Testing

@testable import ServiceLab

@Suite("The services of a trial")
struct ServiceTableTests {
    static func probe(
        mode: ProxyMode = .iptablesNFT,
        services: Int = 10,
        endpoints: Int = 3,
        exposure: ServiceType = .clusterIP,
        measures: [ServiceMeasure] = [.firstPacket],
        positions: [ServicePosition] = ServicePosition.allCases
    ) -> ServiceProxyProbe {
        ServiceProxyProbe(
            mode: mode,
            services: services,
            endpoints: endpoints,
            exposure: exposure,
            serviceRange: CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 12),
            measures: measures,
            positions: positions,
            windowNanoseconds: 1_000_000
        )
    }

    @Test("no two services share an address and port, and no two endpoints an address", arguments: [1, 2, 7, 1_000])
    func distinct(services: Int) {
        let table = ServiceTable(Self.probe(services: services))
        let tcp = table.ports.filter { $0.transport == .tcp }
        #expect(tcp.count == services)
        #expect(Set(tcp.map(\.clusterIP)).count == services)
        #expect(Set(tcp.flatMap(\.endpoints).map(\.address)).count == services * 3)
        let keys = table.ports.map { "\($0.clusterIP) \($0.port) \($0.transport)" }
        #expect(Set(keys).count == table.ports.count)
    }

    @Test("an endpoint's address tells which service it belongs to")
    func identity() {
        let table = ServiceTable(Self.probe(services: 100, endpoints: 5))
        for number in 0..<100 {
            let port = table.port(number)
            #expect(port.endpoints.allSatisfy { table.endpoints(of: number).contains($0.address) })
            #expect(!port.endpoints.contains { table.endpoints(of: number + 1).contains($0.address) })
        }
    }

    @Test("the measured services are the first, the middle and the last, which also take datagrams")
    func positions() {
        let table = ServiceTable(Self.probe(services: 9))
        #expect(table.fixedNumber(at: .first) == 0)
        #expect(table.fixedNumber(at: .middle) == 4)
        #expect(table.fixedNumber(at: .last) == 8)
        #expect(table.fixedNumber(at: .random) == nil)
        #expect(table.datagramNumbers == [0, 4, 8])
        #expect(table.ports.count == 12)
        let udp = table.ports.indices.filter { table.ports[$0].transport == .udp }
        #expect(udp == [1, 6, 11])
    }

    @Test("the only service is first, middle and last at once")
    func one() {
        let table = ServiceTable(Self.probe(services: 1))
        #expect(table.datagramNumbers == [0])
        #expect(table.ports.count == 2)
    }

    @Test("without a proxy clients go to the endpoints, and nothing takes datagrams")
    func direct() {
        let table = ServiceTable(Self.probe(mode: .none))
        #expect(table.ports.count == 10)
        for number in 0..<10 {
            let target = table.target(number, endpoint: 4)
            #expect(target.address == table.port(number).endpoints[1].address)
            #expect(target.port == 8_080)
        }
    }

    @Test("clients reach services by what the type says")
    func exposures() {
        let nodePort = ServiceTable(Self.probe(exposure: .nodePort)).target(3)
        #expect(nodePort.address == ServiceRanges.nodeToClient)
        #expect(nodePort.port == 30_003)
        let balanced = ServiceTable(Self.probe(exposure: .loadBalancer)).target(3)
        #expect(balanced.address.description == "172.16.0.4")
        let cluster = ServiceTable(Self.probe()).target(3)
        #expect(cluster.address.description == "10.96.0.4")
    }

    @Test("load balancers beyond the node ports have none, and are reached by their own address like the others")
    func beyondNodePorts() throws {
        let table = ServiceTable(Self.probe(services: 2_800, exposure: .loadBalancer))
        let ports = table.ports.map { port -> UInt16? in
            guard case .loadBalancer(_, let nodePort, _) = port.exposure else { return 0 }
            return nodePort
        }
        #expect(ports.prefix(2_768) == (30_000..<32_768).map { UInt16($0) }[...])
        #expect(ports.dropFirst(2_768).allSatisfy { $0 == nil })
        #expect(ports.count == 2_800)
        let last = table.target(2_799)
        #expect(last.address == ServiceRanges.loadBalancers.base.advanced(by: 2_800))
        #expect(last.port == 80)
        // The one that a trial adds, too.
        guard case .loadBalancer(_, let added, _) = table.port(2_800).exposure else {
            Issue.record("the added service is no load balancer")
            return
        }
        #expect(added == nil)
    }

    @Test("a replaced endpoint is no service's, and only that one is replaced")
    func replacement() {
        let table = ServiceTable(Self.probe(services: 1_000, endpoints: 100))
        let before = table.port(999)
        let after = table.replacing(endpointAt: 7, of: before, generation: 3)
        #expect(after.endpoints[7].address == table.spare(3))
        #expect(before.endpoints.indices.filter { before.endpoints[$0] != after.endpoints[$0] } == [7])
        #expect(table.endpoints(of: 1_000).upperBound < table.spare(0))
    }

    @Test("what does not fit is refused before anything is made")
    func refusals() {
        var tooMany = Self.probe(services: 10)
        tooMany.serviceRange = CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 29)
        let plans = [
            tooMany, Self.probe(services: 0), Self.probe(endpoints: 0), Self.probe(services: 50_000, endpoints: 1_000),
            Self.probe(services: 2_768, exposure: .nodePort), Self.probe(positions: []),
        ]
        for plan in plans {
            #expect(throws: PlanError.self) {
                try ProbePlan(probe: plan, deadlineSeconds: 1).validate()
            }
        }
    }
}

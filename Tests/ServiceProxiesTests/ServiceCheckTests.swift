import Contract
import TestSupport
import Testing

@testable import ServiceProxies

@Suite("Services that no proxy can hold")
struct ServiceCheckTests {
    @Test("services of every kind are taken, and ports of one address, too")
    func good() throws {
        try ServiceCheck.check(SampleServices.everyKind())
        try ServiceCheck.check(SampleServices.everyKind(endpoints: 40))
        try ServiceCheck.check(
            SampleServices.make(3_000, endpoints: 1, exposure: SampleServices.balancerWithoutNodePort))
        var two = SampleServices.make(2, endpoints: 1)
        two[1].clusterIP = two[0].clusterIP
        two[1].port = 443
        try ServiceCheck.check(two)
        two[1].port = 80
        two[1].transport = .udp
        try ServiceCheck.check(two)
        // TCP and UDP of one name are two ports.
        two[1].name = two[0].name
        try ServiceCheck.check(two)
        for count in [2, 40] {
            var one = SampleServices.make(1, endpoints: count)
            for index in one[0].endpoints.indices {
                one[0].endpoints[index].address = one[0].endpoints[0].address
                one[0].endpoints[index].port = UInt16(8_000 + index)
            }
            try ServiceCheck.check(one)
        }
    }

    static let bad: [@Sendable (inout [ServicePort]) -> Void] = [
        { $0[1].clusterIP = $0[0].clusterIP },
        { $0[1].name = $0[0].name },
        { $0[1].exposure = $0[0].exposure },
        { $0[1].exposure = .nodePort(30_000) },
        { $0[1].exposure = .nodePort(0) },
        { services in
            services[1].exposure = .loadBalancer(address: services[0].clusterIP, nodePort: 31_000, sourceRanges: [])
        },
        { $0[0].endpoints.append($0[0].endpoints[0]) },
        { $0[0].endpoints[0].port = 0 },
        { $0[0].port = 0 },
        { $0[0].clusterIP = IPv4Address(number: 0) },
        { $0[0].affinitySeconds = 0 },
        { $0[0].affinitySeconds = 86_401 },
        { $0[0].name = "noslash" },
        { $0[0].name = "bench/quote\"d" },
        { $0[0].name = "bench/\(String(repeating: "x", count: 190))" },
    ]

    @Test("services that contradict each other are refused", arguments: bad.indices)
    func refused(_ index: Int) {
        var services = SampleServices.make(2, endpoints: 20, exposure: SampleServices.balancer)
        Self.bad[index](&services)
        let error = #expect(throws: ServiceProxyError.self) { try ServiceCheck.check(services) }
        #expect(error?.code == .badServices)
        #expect(error?.description.contains("bench/svc-") == true || error?.object == services[0].name)
    }

    @Test("no proxy starts with services that contradict each other", arguments: ProxyMode.allCases)
    func everywhere(_ mode: ProxyMode) async throws {
        guard let proxy = ServiceProxyFactory.proxy(for: mode, configuration: Setting.configuration) else { return }
        let services = SampleServices.make(1, endpoints: 1)
        let error = await #expect(throws: ServiceProxyError.self) { () async throws in
            _ = try await proxy.load(services + services)
        }
        #expect(error?.code == .badServices)
    }

    @Test("without a proxy everything succeeds and nothing is there")
    func none() async throws {
        let proxy = NoProxy()
        let services = SampleServices.make(1, endpoints: 1)
        #expect(await proxy.shortcoming() == nil)
        #expect(try await proxy.load(services) == Programming())
        #expect(try await proxy.apply(.removed(services[0]), resulting: []) == Programming())
        #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
        #expect(try await proxy.traversal() == nil)
        #expect(try await proxy.remove() == Programming())
    }
}

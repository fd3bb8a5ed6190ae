import ServiceProxies
import TestSupport
import Testing

@Suite(
    "Service proxies in the kernel", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("proxies")
)
struct ServiceProxyRoundTests {
    static let modes: [ProxyMode] = [.iptablesLegacy, .iptablesNFT, .nftables, .nftablesEndpointChains]

    @Test("what is loaded is read back, changes are followed, and nothing stays", arguments: modes)
    func round(_ mode: ProxyMode) async throws {
        try await ProxySetting.with { setting in
            let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: setting.configuration))
            #expect(await proxy.shortcoming() == nil)
            try await proxy.refuseForeign()
            var services = SampleServices.everyKind()
            let cost = try await proxy.load(services)
            #expect(cost.processes >= 2)
            #expect(cost.inputBytes > 1000)
            #expect(cost.peakMemoryBytes > 0)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))

            let added = SampleServices.make(
                1, endpoints: 4, from: 80, localEndpoints: 1, exposure: SampleServices.balancer)[0]
            services.append(added)
            _ = try await proxy.apply(.added(added), resulting: services)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))

            for index in services.indices {
                let old = services[index]
                for endpoints in [[], old.endpoints, Array(old.endpoints.dropFirst()), old.endpoints] {
                    let before = services[index]
                    services[index].endpoints = endpoints
                    _ = try await proxy.apply(
                        .endpointsChanged(from: before, to: services[index]), resulting: services)
                    #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
                }
            }
            while let gone = services.popLast() {
                _ = try await proxy.apply(.removed(gone), resulting: services)
                #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            }
            _ = try await proxy.remove()
            #expect(try await proxy.readBack().counts.total == 0)
            #expect(try await !setting.everything().contains("KUBE-"))
            #expect(try await !setting.everything().contains("kube-proxy"))
            _ = try await proxy.remove()
        }
    }

    @Test("a new start over what is there leaves what belongs to the services, and nothing else", arguments: modes)
    func restart(_ mode: ProxyMode) async throws {
        try await ProxySetting.with { setting in
            let first = try #require(ServiceProxyFactory.proxy(for: mode, configuration: setting.configuration))
            _ = try await first.load(SampleServices.everyKind())
            let second = try #require(ServiceProxyFactory.proxy(for: mode, configuration: setting.configuration))
            let services = SampleServices.make(3, endpoints: 2, from: 1)
            _ = try await second.load(services)
            #expect(try await second.readBack().counts == second.expectedCounts(for: services))
            _ = try await second.load(services)
            #expect(try await second.readBack().counts == second.expectedCounts(for: services))
            _ = try await second.remove()
            #expect(try await !setting.everything().contains("KUBE-"))
        }
    }

    @Test(
        "tables that are empty can be loaded by flushing them, and those that are not are never flushed",
        arguments: [IPTablesBackend.legacy, .nft])
    func flushing(_ backend: IPTablesBackend) async throws {
        for stranger in ["", "*nat\n:MINE - [0:0]\nCOMMIT\n"] {
            try await ProxySetting.with { setting in
                try await setting.run(
                    "iptables-\(backend.rawValue)-restore", "--noflush", "--counters", input: stranger)
                let configuration = setting.configuration { $0.flushesEmptyTables = true }
                let proxy = IPTablesProxy(backend: backend, configuration: configuration)
                for services in [SampleServices.everyKind(), SampleServices.make(2, endpoints: 1)] {
                    _ = try await proxy.load(services)
                    #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
                }
                #expect(try await setting.everything().contains("MINE") == !stranger.isEmpty)
                _ = try await proxy.remove()
            }
        }
    }
}

import LinuxHost
import Netlink
import ServiceProxies
import TestSupport
import Testing

@Suite(
    "The proxy of IPVS in the kernel", .serialized,
    .enabled(if: IPVSSetting.isThere, Comment(rawValue: IPVSSetting.reason)), .leavesNothing("proxies")
)
struct IPVSProxyTests {
    @Test("what is loaded is read back, changes are followed, and nothing stays")
    func round() async throws {
        try await ProxySetting.with { setting in
            let proxy = IPVSProxy(configuration: setting.configuration)
            #expect(await proxy.shortcoming() == nil)
            try await proxy.refuseForeign()
            var services = SampleServices.everyKind()
            let cost = try await proxy.load(services)
            #expect(cost.processes >= 2)
            #expect(cost.systemSeconds > 0)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            let added = SampleServices.make(
                1, endpoints: 4, from: 80, localEndpoints: 1, exposure: SampleServices.balancer)[0]
            services.append(added)
            _ = try await proxy.apply(.added(added), resulting: services)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            for index in services.indices {
                let before = services[index]
                services[index].endpoints =
                    Array(before.endpoints.dropFirst())
                    + SampleServices.make(
                        1, endpoints: 2, from: 900 + index)[0].endpoints
                _ = try await proxy.apply(.endpointsChanged(from: before, to: services[index]), resulting: services)
            }
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            while let gone = services.popLast() {
                _ = try await proxy.apply(.removed(gone), resulting: services)
                if services.count % 3 == 0 {
                    #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
                }
            }
            _ = try await proxy.remove()
            #expect(try await proxy.readBack().counts.total == 0)
            try await expectNothing(setting)
            _ = try await proxy.remove()
        }
    }

    private func expectNothing(_ setting: ProxySetting) async throws {
        #expect(try await !setting.everything().contains("KUBE-"))
        #expect(try await setting.run("ipset", "list", "-n").isEmpty)
        #expect(try await !setting.run("ip", "-br", "link").contains("kube-ipvs0"))
        #expect(try await setting.run("ipvsadm", "-S", "-n").isEmpty)
    }

    @Test("ipvsadm, ip and ipset see what kube-proxy would have made")
    func seenByOthers() async throws {
        try await ProxySetting.with { setting in
            let proxy = IPVSProxy(configuration: setting.configuration)
            _ = try await proxy.load(SampleServices.make(1, endpoints: 2, affinitySeconds: 10_800))
            let saved = try await setting.run("ipvsadm", "-S", "-n")
            #expect(
                Set(saved.split(separator: "\n")) == [
                    "-A -t 10.96.0.1:80 -s rr -p 10800", "-a -t 10.96.0.1:80 -r 10.128.0.1:8080 -m -w 1",
                    "-a -t 10.96.0.1:80 -r 10.128.0.2:8080 -m -w 1",
                ])
            let addresses = try await setting.run("ip", "-br", "-4", "address", "show", "dev", "kube-ipvs0")
            #expect(addresses.contains("10.96.0.1/32"))
            #expect(try await setting.run("ipset", "list", "-n").split(separator: "\n").count == 17)
            #expect(try await setting.run("sysctl", "-n", "net.ipv4.vs.conntrack") == "1\n")
            #expect(try await setting.run("sysctl", "-n", "net.ipv4.ip_forward") == "1\n")
            _ = try await proxy.remove()
            try await expectNothing(setting)
        }
    }

    @Test("a new start over what is there leaves what belongs to the services, and nothing else")
    func restart() async throws {
        try await ProxySetting.with { setting in
            _ = try await IPVSProxy(configuration: setting.configuration).load(SampleServices.everyKind())
            let second = IPVSProxy(configuration: setting.configuration)
            let services = SampleServices.make(3, endpoints: 2, from: 1)
            _ = try await second.load(services)
            #expect(try await second.readBack().counts == second.expectedCounts(for: services))
            _ = try await second.load(services)
            #expect(try await second.readBack().counts == second.expectedCounts(for: services))
            _ = try await second.remove()
            try await expectNothing(setting)
        }
    }

    @Test("what is not ours is refused by its name, and left alone", arguments: ["service", "link", "set", "chain"])
    func foreign(_ what: String) async throws {
        try await ProxySetting.with { setting in
            switch what {
            case "service": try await setting.run("ipvsadm", "-A", "-t", "192.0.2.1:80")
            case "link": try await setting.run("ip", "link", "add", "kube-ipvs0", "type", "dummy")
            case "set": try await setting.run("ipset", "create", "KUBE-SOMETHING", "hash:ip")
            default: try await setting.run("iptables-nft-restore", input: "*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n")
            }
            let before = try await setting.everything()
            let proxy = IPVSProxy(configuration: setting.configuration)
            let error = await #expect(throws: ServiceProxyError.self) { try await proxy.refuseForeign() }
            #expect(error?.code == .foreign)
            #expect(try await setting.everything() == before)
            switch what {
            case "service": #expect(try await setting.run("ipvsadm", "-S", "-n").contains("192.0.2.1:80"))
            case "link": #expect(try await setting.run("ip", "-br", "link").contains("kube-ipvs0"))
            case "set": #expect(try await setting.run("ipset", "list", "-n") == "KUBE-SOMETHING\n")
            default: #expect(before.contains("KUBE-SERVICES"))
            }
        }
    }

    @Test("a load that fails half way leaves nothing")
    func halfWay() async throws {
        try await ProxySetting.with { setting in
            // Addresses are there by then, and the kernel refuses the first service.
            let proxy = IPVSProxy(configuration: setting.configuration { $0.scheduler = "never-was" })
            let error = await #expect(throws: ServiceProxyError.self) {
                _ = try await proxy.load(SampleServices.everyKind())
            }
            #expect(error?.operation == "add IPVS service")
            #expect(error?.nextStep.contains("ip_vs_NAME") == true)
            try await expectNothing(setting)
            #expect(await proxy.shortcoming()?.contains("never-was") == true)
        }
    }

    @Test("services that contradict each other are refused before anything is touched")
    func badServices() async throws {
        try await ProxySetting.with { setting in
            let proxy = IPVSProxy(configuration: setting.configuration)
            let services = SampleServices.make(2, endpoints: 1)
            var twin = services[1]
            twin.clusterIP = services[0].clusterIP
            let error = await #expect(throws: ServiceProxyError.self) {
                _ = try await proxy.load([services[0], twin])
            }
            #expect(error?.code == .badServices)
            try await expectNothing(setting)
            _ = try await proxy.load(services)
            let clash = await #expect(throws: ServiceProxyError.self) {
                _ = try await proxy.apply(.added(twin), resulting: services + [twin])
            }
            #expect(clash?.code == .badServices)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            _ = try await proxy.remove()
        }
    }

    @Test("five thousand services are exactly there")
    func many() async throws {
        try await ProxySetting.with { setting in
            let proxy = IPVSProxy(configuration: setting.configuration)
            let services = SampleServices.make(5_000, endpoints: 2)
            let cost = try await proxy.load(services)
            #expect(cost.inputBytes > 5_000 * 100)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            _ = try await proxy.remove()
            try await expectNothing(setting)
        }
    }
}

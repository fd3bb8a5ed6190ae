import Contract
import Glibc
import LinuxHost
import Netlink
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
        "an address of the range that no service has is dropped by nftables, and routed by iptables", arguments: modes)
    func unallocated(_ mode: ProxyMode) async throws {
        try await ProxySetting.with { setting in
            try await setting.run("ip", "link", "set", "lo", "up")
            try await setting.run("ip", "route", "add", "10.96.0.0/16", "dev", "lo")
            let configuration = setting.configuration {
                $0.serviceRanges = [IPv4Range(SampleServices.firstAddress, prefixLength: 16)]
            }
            let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: configuration))
            let services = SampleServices.make(2, endpoints: 1)
            _ = try await proxy.load(services)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            // What is dropped on its way out is told to its sender.
            let refusal = try setting.send(to: SampleServices.firstAddress.advanced(by: 1_000))
            #expect(refusal == (mode.isNFTables ? EPERM : 0))
            #expect(try setting.send(to: IPv4Address(number: 0x7F00_0001)) == 0)
            _ = try await proxy.remove()
        }
    }

    @Test(
        "iptables find the canaries, the firewall of 127.0.0.0/8, its sysctl and the packet counters of kube-proxy",
        arguments: [IPTablesBackend.legacy, .nft], [true, false])
    func localhost(_ backend: IPTablesBackend, _ isWanted: Bool) async throws {
        try await ProxySetting.with { setting in
            let configuration = setting.configuration { $0.localhostNodePorts = isWanted }
            let proxy = IPTablesProxy(backend: backend, configuration: configuration)
            let services = SampleServices.make(3, endpoints: 2, exposure: SampleServices.nodePort)
            // Three canaries, each jump rule's chain, the rule asked for and made; nat listed, and everything loaded.
            #expect(try await proxy.load(services).processes == 3 + 3 * 14 + 2)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            let saved = try await setting.run("iptables-\(backend.rawValue)-save")
            #expect(saved.ranges(of: ":KUBE-PROXY-CANARY - ").count == 3)
            let counted = saved.split(separator: "\n").filter { $0.contains("localhost_nps_accepted_pkts") }
            let names = try setting.packetCounters()
            #expect(counted.count == (isWanted && names != nil ? 3 : 0))
            if let names { #expect(Set(names) == ["ct_state_invalid_dropped_pkts", "localhost_nps_accepted_pkts"]) }
            #expect(saved.contains("block incoming localnet connections") == isWanted)
            let routed = try await setting.run("sysctl", "-n", "net.ipv4.conf.all.route_localnet")
            #expect(routed == (isWanted ? "1\n" : "0\n"))
            // Over rules that are there each jump rule is asked for, and none is made.
            #expect(try await proxy.load(services).processes == 3 + 2 * 14 + 2)
            _ = try await proxy.remove()
            #expect(try setting.packetCounters()?.isEmpty != false)
            #expect(try await !setting.everything().contains("KUBE-"))
        }
    }

    @Test(
        "a kernel with packet counters and without the match that uses them is programmed without",
        arguments: [IPTablesBackend.legacy, .nft])
    func withoutMatch(_ backend: IPTablesBackend) async throws {
        try await ProxySetting.with { setting in
            let real = "/usr/sbin/\(backend.rawValue == "nft" ? "iptables-nft" : "iptables-legacy")-restore"
            let words = "Warning: Extension nfacct revision 0 not supported, missing kernel module?"
            try setting.fake(
                "iptables-\(backend.rawValue)-restore",
                """
                input=$(cat)
                case "$input" in *"-m nfacct"*) echo '\(words)' >&2; exit 1 ;; esac
                printf '%s\\n' "$input" | \(real) "$@"

                """)
            let configuration = setting.configuration { $0.programDirectory = setting.directory }
            let proxy = IPTablesProxy(backend: backend, configuration: configuration)
            let services = SampleServices.make(2, endpoints: 1, exposure: SampleServices.nodePort)
            _ = try await proxy.load(services)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            #expect(try await !setting.everything().contains("nfacct"))
            _ = try await proxy.remove()
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

extension ProxyMode {
    /// Whether rules are nftables' own.
    fileprivate var isNFTables: Bool { self == .nftables || self == .nftablesEndpointChains }
}

extension ProxySetting {
    /// The names of the namespace's packet counters; nil where the kernel has no such counters.
    fileprivate func packetCounters() throws -> [String]? {
        let namespace = try NetworkNamespace.open(path: try #require(configuration.namespacePath))
        return try? AccountingSocket(in: namespace).names()
    }

    /// Sends a datagram out of the namespace: 0, or why the kernel did not.
    fileprivate func send(to address: IPv4Address) throws -> Int32 {
        let namespace = try NetworkNamespace.open(path: try #require(configuration.namespacePath))
        let number = address.number
        return try namespace.run { () throws(HostError) in
            let file = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(file) }
            var target = sockaddr_in()
            target.sin_family = sa_family_t(AF_INET)
            target.sin_port = UInt16(9).bigEndian
            target.sin_addr.s_addr = number.bigEndian
            let sent = withUnsafePointer(to: &target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(file, "x", 1, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            return sent == 1 ? 0 : errno
        }
    }
}

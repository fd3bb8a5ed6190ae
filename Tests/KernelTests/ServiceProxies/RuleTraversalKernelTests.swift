import Glibc
import LinuxHost
import ServiceProxies
import TestSupport
import Testing

@Suite(
    "Rules traversed, by the kernel's counters", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("proxies")
)
struct RuleTraversalKernelTests {
    @Test(
        "a connection to the last service is compared with as many more rules as there are services before it",
        arguments: [IPTablesBackend.legacy, .nft])
    func position(_ backend: IPTablesBackend) async throws {
        try await ProxySetting.with { setting in
            try await setting.run("ip", "link", "set", "lo", "up")
            // Endpoints and services are here, so that a packet goes through OUTPUT and POSTROUTING and is refused.
            try await setting.run("ip", "route", "add", "local", "10.128.0.0/16", "dev", "lo")
            try await setting.run("ip", "route", "add", "10.96.0.0/16", "dev", "lo")
            let proxy = IPTablesProxy(backend: backend, configuration: setting.configuration)
            let services = SampleServices.make(50, endpoints: 1)
            _ = try await proxy.load(services)
            var compared: [Double] = []
            for service in [services[0], services[49]] {
                let before = try #require(try await proxy.traversal())
                try connect(to: service.clusterIP, times: 20, setting)
                let after = try #require(try await proxy.traversal())
                compared.append(after.evaluations(since: before, packets: 20))
            }
            #expect(compared[1] - compared[0] == 49)
            // OUTPUT 1, KUBE-SERVICES 1, KUBE-SVC 2, KUBE-MARK-MASQ 1, KUBE-SEP 2, POSTROUTING 1, KUBE-POSTROUTING 3.
            #expect(compared[0] == 11)
            _ = try await proxy.remove()
        }
    }

    private func connect(to address: IPv4Address, times: Int, _ setting: ProxySetting) throws {
        let namespace = try NetworkNamespace.open(path: try #require(setting.configuration.namespacePath))
        let number = address.number
        try namespace.run { () throws(HostError) in
            for _ in 0..<times {
                // One SYN each is all that counters need: nobody waits for an answer.
                let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
                defer { close(file) }
                var target = sockaddr_in()
                target.sin_family = sa_family_t(AF_INET)
                target.sin_port = UInt16(80).bigEndian
                target.sin_addr.s_addr = number.bigEndian
                withUnsafePointer(to: &target) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        _ = Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                    }
                }
            }
        }
    }
}

import LinuxHost
import Netlink
import ServiceProxies
import TestSupport
import Testing

@Suite(
    "IPVS on a kernel without it", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("proxies")
)
struct IPVSAbsentTests {
    @Test("its absence is found before anything starts, with the kernel option and the way out")
    func absent() async throws {
        try await ProxySetting.with { (setting: ProxySetting) async throws in
            let proxy = IPVSProxy(configuration: setting.configuration)
            guard let shortcoming = await proxy.shortcoming() else {
                #expect(IPVSSetting.isThere)
                return
            }
            #expect(shortcoming.contains("CONFIG_IP_VS"))
            #expect(shortcoming.contains("--kernel guest"))
            let error = await #expect(throws: ServiceProxyError.self) { () async throws in
                _ = try await proxy.load(SampleServices.make(1, endpoints: 1))
            }
            #expect(error?.code == .missing)
            let links = try await setting.run("ip", "-br", "link")
            #expect(!links.contains("kube-ipvs0"))
        }
    }
}

import Contract
import LinuxHost
import Netlink
import TestSupport
import Testing

@Suite(
    "What this kernel can do", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("feature")
)
struct NetlinkFeatureTests {
    @Test("what the other suites use is found", arguments: [KernelFeature.veth, .bridge, .vxlan, .ipv6])
    func present(feature: KernelFeature) {
        #expect(feature.isAvailable() == .yes)
    }

    @Test("each feature is there, or its absence has a reason and a way out", arguments: KernelFeature.allCases)
    func reason(feature: KernelFeature) {
        switch feature.isAvailable() {
        case .yes: #expect(feature.isAvailable() == .yes)
        case .no(let reason):
            #expect(reason.contains(feature.configuration))
            #expect(reason.hasPrefix("cannot "))
        }
    }
}

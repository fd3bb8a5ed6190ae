import Quantities
import Testbed
import Testing

@testable import LocalTestbed

@Suite("What the local testbed needs of a machine")
struct LocalRequirementsTests {
    private func topology(_ network: NetworkPlan.PodNetwork) -> Topology {
        Topology(
            networks: [NetworkPlan(name: "net", podNetwork: network, fabric: .routes, podsOnNode: [1])],
            nodes: 1,
            families: [.ipv4]
        )
    }

    @Test("each missing plugin is named, with where it was looked for and the package")
    func missingPlugins() async {
        let requirements = LocalRequirements(pluginDirectories: ["/nowhere/cni"])
        let found = await requirements.shortcomings(for: topology(.bridge)).filter { $0.what.contains("CNI plugin") }
        #expect(
            found.map(\.what) == [
                "the CNI plugin bridge is not in /nowhere/cni", "the CNI plugin host-local is not in /nowhere/cni",
            ])
        #expect(found.allSatisfy { $0.wayOut.contains("containernetworking-plugins") })
    }

    @Test("a configuration list that cannot be used is found before anything is made")
    func badList() async {
        let requirements = LocalRequirements(pluginDirectories: ["/nowhere/cni"])
        let found = await requirements.shortcomings(for: topology(.conflist(path: "/nowhere/x.conflist")))
        #expect(found.contains { $0.what.contains("/nowhere/x.conflist") })
    }

    @Test("bare nodes need no plugin")
    func bareNodes() async {
        let requirements = LocalRequirements(pluginDirectories: ["/nowhere/cni"])
        let found = await requirements.shortcomings(for: topology(.none))
        #expect(!found.contains { $0.what.contains("plugin") })
    }
}

import ContainerNetworking
import LinuxHost
import Processes
import Quantities
import Testbed

/// What a topology needs of this machine.
struct LocalRequirements: Sendable {
    let pluginDirectories: [String]

    func shortcomings(for topology: Topology) async -> [Shortcoming] {
        var missing: [Shortcoming] = []
        if !Identity.isRoot {
            missing.append(
                Shortcoming(what: "namespaces need root", wayOut: "run it as root, for example with sudo")
            )
        }
        if Programs.find("nsenter") == nil {
            missing.append(Shortcoming(what: "nsenter is not installed", wayOut: "apt install util-linux"))
        }
        var plugins: Set<String> = []
        for network in topology.networks where network.podNetwork != .none {
            do {
                plugins.formUnion(try pluginTypes(of: network, topology.families))
            } catch {
                missing.append(
                    Shortcoming(
                        what: "the CNI configuration list of network \(network.name) cannot be used: \(error)",
                        wayOut: "mend the list or its path"
                    )
                )
            }
        }
        for plugin in plugins.sorted() where PluginDirectories.find(plugin, in: pluginDirectories) == nil {
            missing.append(
                Shortcoming(
                    what: "the CNI plugin \(plugin) is not in \(pluginDirectories.joined(separator: " or "))",
                    wayOut: "apt install containernetworking-plugins, or put it there"
                )
            )
        }
        return missing
    }

    private func pluginTypes(of network: NetworkPlan, _ families: [IPAddress.Family]) throws -> [String] {
        let plan = try AddressPlan(families: families)
        return try NodeConflist(network: network, node: 0, plan: plan, leases: "/").list().pluginTypes
    }
}

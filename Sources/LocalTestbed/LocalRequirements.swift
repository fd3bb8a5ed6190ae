import ContainerNetworking
import Contract
import LinuxHost
import Netlink
import Processes
import Quantities
import Testbed

/// What a topology needs of this machine.
struct LocalRequirements: Sendable {
    let pluginDirectories: [String]

    /// Why this user can make nothing at all; nil for root.
    static var refusal: Shortcoming? {
        Identity.isRoot
            ? nil : Shortcoming(what: "namespaces need root", wayOut: "run it as root, for example with sudo")
    }

    func shortcomings(for topology: Topology) async -> [Shortcoming] {
        var missing: [Shortcoming] = []
        if let refusal = Self.refusal { missing.append(refusal) }
        if Programs.find("nsenter") == nil {
            missing.append(Shortcoming(what: "nsenter is not installed", wayOut: "apt install util-linux"))
        }
        var plugins: Set<String> = []
        for network in topology.networks where network.podNetwork == .adopted {
            missing.append(
                Shortcoming(
                    what: "the network \(network.name) is to be adopted, and the testbed local has none of its own",
                    wayOut: "name a preset or a configuration list, or take another testbed"
                )
            )
        }
        for network in topology.networks where ![.none, .direct, .adopted].contains(network.podNetwork) {
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
        missing += LocalKernel.features(for: topology).compactMap(Self.shortcoming)
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

    /// Tried, not looked up; without root nothing can be tried, and that is said already.
    private static func shortcoming(_ feature: KernelFeature) -> Shortcoming? {
        guard Identity.isRoot, case .no(let reason) = feature.isAvailable() else { return nil }
        return Shortcoming(
            what: "this kernel has no \(feature.rawValue): \(reason)",
            wayOut: "use a kernel with \(feature.configuration)"
        )
    }

    private func pluginTypes(of network: NetworkPlan, _ families: [IPAddress.Family]) throws -> [String] {
        let plan = try AddressPlan(families: families)
        return try NodeConflist(network: network, node: 0, plan: plan, leases: "/").list().pluginTypes
    }
}

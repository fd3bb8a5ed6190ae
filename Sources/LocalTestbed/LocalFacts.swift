import ContainerNetworking
import Digests
import Processes
import Testbed

/// What measurements on the local testbed depend on, beside the host's own facts.
struct LocalFacts: Sendable {
    let pluginDirectories: [String]

    /// Programs that start what is measured.
    private static let launchers = ["nsenter", "setpriv", "unshare"]

    func read(for topology: Topology) async -> [String: String] {
        let lists = configurations(of: topology)
        var facts = ["fabric.kind": "bridge and veth in a namespace"]
        for (network, list) in lists { facts["cni.conflist.\(network.name)"] = Self.text(of: list, for: network) }
        var programs = ["netmachinery": "/proc/self/exe"]
        for name in Self.launchers { programs["tool.\(name)"] = Programs.find(name) }
        // Each is a program that reads much and computes little: they run side by side.
        async let plugins = PluginFacts(pluginDirectories: pluginDirectories).read(for: lists.map(\.1))
        async let others = ProgramFacts.read(programs)
        async let bridge = version(of: PluginDirectories.find("bridge", in: pluginDirectories))
        async let nsenter = version(of: Programs.find("nsenter"))
        for more in [await plugins, await others] { facts.merge(more) { fact, _ in fact } }
        facts["cni.plugins"] = await bridge
        facts["nsenter.version"] = await nsenter
        return facts
    }

    private func version(of program: String?) async -> String? {
        guard let program else { return nil }
        return await ToolVersion.firstLine(of: program)
    }

    /// Each network's configuration list as node 0 gets it, but for the directory of leases, which is the run's own.
    private func configurations(of topology: Topology) -> [(NetworkPlan, NetworkConfigurationList)] {
        guard let plan = try? AddressPlan(families: topology.families) else { return [] }
        return topology.networks.compactMap { network in
            guard ![.none, .direct].contains(network.podNetwork) else { return nil }
            let conflist = NodeConflist(network: network, node: 0, plan: plan, leases: "{{dataDir}}")
            // A list that cannot be read has been reported as a shortcoming before.
            return (try? conflist.list()).map { (network, $0) }
        }
    }

    /// A preset as it is; of a user's own list, which may hold secrets, the digest and the plugins that make it.
    static func text(of list: NetworkConfigurationList, for network: NetworkPlan) -> String {
        guard case .conflist = network.podNetwork else { return list.json() }
        return "sha256:\(SHA256Digest(of: list.json())) of \(list.pluginTypes.joined(separator: ", "))"
    }
}

import ContainerNetworking
import Processes
import Testbed

/// Which plugins the networks of a topology use, and what exactly they are.
struct PluginFacts: Sendable {
    let pluginDirectories: [String]

    /// What plugins call by themselves, so that another one of these is another network, too.
    private static let helpers = ["iptables", "ip6tables", "nft"]

    /// `cni.plugin.TYPE.path`, `.sha256`, `.package` and `.version` of each plugin of the lists, delegated ones
    /// included.
    func read(for lists: [NetworkConfigurationList]) async -> [String: String] {
        let types = Set(lists.flatMap(\.pluginTypes)).sorted()
        var programs: [String: String] = [:]
        for type in types { programs["cni.plugin.\(type)"] = PluginDirectories.find(type, in: pluginDirectories) }
        var facts = await ProgramFacts.read(programs)
        for (name, path) in programs { facts["\(name).version"] = await ToolVersion.firstLine(of: path) }
        guard !types.isEmpty else { return facts }
        return facts.merging(await ProgramFacts.read(named: Self.helpers, under: "tool.")) { fact, _ in fact }
    }
}

import ContainerNetworking
import LinuxHost
import Processes
import Testbed

/// What measurements on the local testbed depend on, beside the host's own facts.
struct LocalFacts: Sendable {
    let pluginDirectories: [String]

    func read(for topology: Topology) async -> [String: String] {
        var facts = ["fabric.kind": "bridge and veth in a namespace"]
        facts.merge(configurations(of: topology)) { first, _ in first }
        if let bridge = PluginDirectories.find("bridge", in: pluginDirectories) {
            facts["cni.plugins"] = await firstLine(of: bridge, ["--version"])
        }
        if let nsenter = Programs.find("nsenter") {
            facts["nsenter.version"] = await firstLine(of: nsenter, ["--version"])
        }
        return facts
    }

    /// Each network's configuration list as node 0 gets it, but for the directory of leases, which is the run's own.
    private func configurations(of topology: Topology) -> [String: String] {
        var texts: [String: String] = [:]
        guard let plan = try? AddressPlan(families: topology.families) else { return [:] }
        for network in topology.networks where network.podNetwork != .none {
            let conflist = NodeConflist(network: network, node: 0, plan: plan, leases: "{{dataDir}}")
            // A list that cannot be read has been reported as a shortcoming before.
            texts["cni.conflist.\(network.name)"] = try? conflist.list().json()
        }
        return texts
    }

    /// Version words of a program; CNI plugins print theirs on standard error.
    private func firstLine(of program: String, _ arguments: [String]) async -> String {
        let command = Command(executable: program, arguments: arguments)
        guard let output = try? await ProcessRunner.run(command, deadline: .seconds(5)) else { return "unknown" }
        let words = output.standardOutput + output.standardError
        return words.split(separator: "\n").first.map(String.init) ?? "unknown"
    }
}

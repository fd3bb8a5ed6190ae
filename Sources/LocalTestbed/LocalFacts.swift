import ContainerNetworking
import LinuxHost
import Processes
import Testbed

/// What measurements on the local testbed depend on, beside the host's own facts.
struct LocalFacts: Sendable {
    let pluginDirectories: [String]

    func read() async -> [String: String] {
        var facts = [
            "testbed": "local",
            "fabric.mtu": "\(MTU.fabric)",
            "fabric.kind": "bridge and veth in a namespace",
        ]
        if let bridge = PluginDirectories.find("bridge", in: pluginDirectories) {
            facts["cni.plugins"] = await firstLine(of: bridge, ["--version"])
        }
        if let nsenter = Programs.find("nsenter") {
            facts["nsenter.version"] = await firstLine(of: nsenter, ["--version"])
        }
        return facts
    }

    /// Version words of a program; CNI plugins print theirs on standard error.
    private func firstLine(of program: String, _ arguments: [String]) async -> String {
        let command = Command(executable: program, arguments: arguments)
        guard let output = try? await ProcessRunner.run(command, deadline: .seconds(5)) else { return "unknown" }
        let words = output.standardOutput + output.standardError
        return words.split(separator: "\n").first.map(String.init) ?? "unknown"
    }
}

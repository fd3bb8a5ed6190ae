import ContainerNetworking
import Foundation
import LinuxHost
import Processes
import TestSupport
import Testing

/// A node and its pods in namespaces of their own, with the real plugins, leases and records in a scratch directory.
struct ContainerNetworkingBench: Sendable {
    static let plugins = ["/usr/lib/cni", "/opt/cni/bin"]
    static let arePluginsPresent = plugins.contains { Programs.find("\($0)/bridge") != nil }
    static let pluginsReason = "needs the package containernetworking-plugins"

    let node: String
    let directory: String

    var leases: String { "\(directory)/leases" }

    /// Makes a node and pods, and removes them with everything that the plugins left, however the body ends.
    static func with(
        pods count: Int = 1,
        _ body: (ContainerNetworkingBench, [ContainerNetworking.Attachment]) async throws -> Void
    ) async throws {
        try await ScratchDirectory.with("cni") { directory in
            let names = (0...count).map { _ in UniqueName.make("cni") }
            defer {
                for name in names { try? NetworkNamespace.remove(named: name) }
            }
            for name in names { _ = try NetworkNamespace.create(named: name) }
            let pods = names.dropFirst().map { name in
                ContainerNetworking.Attachment(containerID: name, namespacePath: NetworkNamespace.path(named: name))
            }
            try await body(ContainerNetworkingBench(node: names[0], directory: directory), pods)
        }
    }

    func runtime() -> CNIRuntime {
        let path = NetworkNamespace.path(named: node)
        return CNIRuntime(
            pluginDirectories: Self.plugins,
            launch: { Self.inside(path, $0) },
            deadline: .seconds(60),
            cacheDirectory: "\(directory)/attachments"
        )
    }

    /// A network of one or more plugins; `LEASES` stands for the directory of the leases.
    func list(_ plugins: String, version: String = "1.0.0") throws -> NetworkConfigurationList {
        try NetworkConfigurationList(
            json: """
                {"cniVersion":"\(version)","name":"nmx-net","plugins":[\
                \(plugins.replacing("LEASES", with: leases))]}
                """
        )
    }

    /// What `ip -json` says inside the namespace at that path.
    static func ip(_ namespacePath: String, _ arguments: String...) async throws -> JSONValue {
        let command = inside(namespacePath, Command(executable: "ip", arguments: ["-json"] + arguments))
        let output = try await ProcessRunner.run(command, deadline: .seconds(20)).requireSuccess()
        return output.standardOutput.isEmpty ? .array([]) : try JSONValue(parsing: output.standardOutput)
    }

    /// The addresses that are leased: host-local keeps one file each.
    func leasedAddresses() -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(leases)/nmx-net")) ?? []
        return files.filter { $0 != "lock" && !$0.hasPrefix("last_reserved_ip") }.sorted()
    }

    private static func inside(_ namespacePath: String, _ command: Command) -> Command {
        Command(
            executable: "nsenter",
            arguments: ["--net=\(namespacePath)", "--", command.executable] + command.arguments,
            environment: command.environment
        )
    }
}

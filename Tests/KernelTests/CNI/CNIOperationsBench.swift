import Contract
import Foundation
import LinuxHost
import Netlink
import Probes
import Processes
import Quantities
import TestSupport
import Testing

/// A node in a namespace of its own, on which the built program's agent carries out operations on pods.
struct CNIOperationsBench: Sendable {
    let node: String
    let directory: String

    /// Makes a node with an uplink and forwarding, and removes everything however the body ends.
    static func with(_ body: (CNIOperationsBench) async throws -> Void) async throws {
        try await ScratchDirectory.with("cniops") { directory in
            let node = UniqueName.make("cniops")
            defer { try? NetworkNamespace.remove(named: node) }
            try prepare(node)
            try await body(CNIOperationsBench(node: node, directory: directory))
        }
    }

    private static func prepare(_ node: String) throws {
        let namespace = try NetworkNamespace.create(named: node)
        try Sysctl.write("net.ipv4.ip_forward", "1", in: namespace)
        let socket = try NetlinkSocket(in: namespace)
        try socket.setUp("lo")
        try socket.add(Link(name: "eth0", kind: .veth(peer: "peer0"), isUp: true))
        try socket.setUp("peer0")
    }

    /// A network of our plugins or of scripts; `LEASES` stands for the directory of the leases.
    func conflist(_ plugins: String, version: String = "1.0.0") -> String {
        """
        {"cniVersion":"\(version)","name":"nmx-net","plugins":[\
        \(plugins.replacing("LEASES", with: "\(directory)/site/leases"))]}
        """
    }

    /// Writes a plugin of a test's own.
    func write(plugin name: String, _ script: String) throws {
        let plugins = "\(directory)/plugins"
        try FileManager.default.createDirectory(atPath: plugins, withIntermediateDirectories: true)
        let path = "\(plugins)/\(name)"
        try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    /// Runs operations to their end and returns what the agent said.
    func run(
        _ work: CNIOperations.Work,
        _ conflist: String?,
        standing: Int = 1,
        measured: Int = 2,
        concurrency: Int = 1,
        timeout: Duration = .seconds(20)
    ) async throws -> [ProbeEvent] {
        let operations = CNIOperations(
            work: work,
            conflist: conflist,
            pluginDirectories: ["\(directory)/plugins"] + ContainerNetworkingBench.plugins,
            directory: "\(directory)/site",
            containerPrefix: "\(node)-pod",
            range: try CIDR(parsing: "10.244.0.0/20"),
            standing: standing,
            measured: measured,
            concurrency: concurrency,
            timeoutNanoseconds: UInt64(timeout / .nanoseconds(1))
        )
        let plan = try ProbePlan(probe: operations, deadlineSeconds: 60).json()
        let command = Command(
            executable: "nsenter",
            arguments: ["--net=\(NetworkNamespace.path(named: node))", "--", try BuiltProgram.path(), "agent"]
        )
        return try await ProcessRunner.converse(command, deadline: .seconds(70)) { conversation in
            try await conversation.send(plan)
            var events: [ProbeEvent] = []
            while let line = try await conversation.nextLine() {
                events.append(try ProbeEvent(line: line))
                if events.last == .done { break }
            }
            return events
        }
    }

    /// Names of the node's links.
    func links() throws -> [String] {
        try NetlinkSocket(in: NetworkNamespace.open(named: node)).links().map(\.name).sorted()
    }
}

/// A failure that an agent reported.
struct AgentFailure: Sendable, Equatable {
    let code: String
    let message: String
}

extension [ProbeEvent] {
    /// The value of a metric.
    func value(_ metric: String) -> Double? {
        for case .sample(let sample) in self where sample.metric == metric { return sample.value }
        return nil
    }

    /// The code and the message of the failure.
    var failure: AgentFailure? {
        for case .failure(let code, let message) in self { return AgentFailure(code: code, message: message) }
        return nil
    }

    /// The text of all artifacts.
    var words: String {
        compactMap { if case .artifact(let artifact) = $0 { artifact.text } else { nil } }.joined(separator: "\n")
    }
}

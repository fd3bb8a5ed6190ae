import Contract
import Glibc
import Processes

/// netperf's TCP_RR and TCP_CRR, one process for each connection; their rates are added up.
///
/// They do not all begin at once, and run alone at their ends: the sum is a little more than what they did together.
struct NetperfConnections: ConnectionsTool {
    let name = "netperf"
    let programs = ["netperf", "netserver", "nsenter", "taskset"]

    let source: String? = "Debian has it in the component non-free: enable that, then `apt-get install netperf`"

    private let port: UInt16 = 18_767

    func measure(_ setting: ConnectionsSetting, over pair: VethPair) async throws -> ConnectionsResult {
        let server = pair.command(
            "netserver", ["-D", "-4", "-p", "\(port)"], at: .server, on: setting.serverProcessor)
        let size = "\(ConnectionsSetting.messageSize),\(ConnectionsSetting.messageSize)"
        let client = pair.command(
            "netperf",
            [
                "-H", "\(pair.serverAddress)", "-p", "\(port)", "-4", "-P", "0",
                "-t", setting.pattern == .connectRequestClose ? "TCP_CRR" : "TCP_RR", "-l", "1",
                "--", "-r", size, "-k", "THROUGHPUT",
                // Requests beside the first one; without NODELAY they would wait for each other.
            ] + (setting.burst > 1 ? ["-b", "\(setting.burst - 1)", "-D"] : []),
            at: .client, on: ConnectionsSetting.clientProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(25)) { server in
            // It does not watch its standard input.
            defer { kill(server.processIdentifier, SIGTERM) }
            try await pair.waitForListener(port, tcp: true)
            return try await withThrowingTaskGroup(of: Double.self) { group in
                for _ in 0..<setting.connections {
                    group.addTask {
                        try NetperfOutput(
                            text: try await ProcessRunner.run(client, deadline: .seconds(15)).requireSuccess()
                                .standardOutput
                        ).number("THROUGHPUT")
                    }
                }
                var sum = 0.0
                for try await rate in group { sum += rate }
                return ConnectionsResult(rate: sum, p50: nil, processor: nil)
            }
        }
    }
}

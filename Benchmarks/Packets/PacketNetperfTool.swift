import Glibc
import Processes

/// netperf's UDP_STREAM, of which the server's calls are counted: each takes one datagram.
struct PacketNetperfTool: PacketTool {
    let name = "netperf"
    let programs = ["netperf", "netserver", "nsenter", "taskset"]

    let source: String? = "Debian has it in the component non-free: enable that, then `apt-get install netperf`"

    private let port: UInt16 = 18_770

    func measure(over pair: VethPair) async throws -> PacketRates {
        let server = pair.command(
            "netserver", ["-D", "-4", "-p", "\(port)"], at: .server, on: PacketSetting.serverProcessor)
        let client = pair.command(
            "netperf",
            [
                "-H", "\(pair.serverAddress)", "-p", "\(port)", "-4", "-P", "0", "-t", "UDP_STREAM",
                "-l", "\(PacketSetting.seconds)",
                "--", "-m", "\(PacketSetting.messageSize)", "-k", "LOCAL_SEND_CALLS,REMOTE_RECV_CALLS,ELAPSED_TIME",
            ], at: .client, on: PacketSetting.clientProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(25)) { server in
            // It does not watch its standard input.
            defer { kill(server.processIdentifier, SIGTERM) }
            try await pair.waitForListener(port, tcp: true)
            return try Self.parse(
                try await ProcessRunner.run(client, deadline: .seconds(15)).requireSuccess().standardOutput)
        }
    }

    static func parse(_ text: String) throws -> PacketRates {
        let output = NetperfOutput(text: text)
        let seconds = try output.number("ELAPSED_TIME")
        return PacketRates(
            sent: try output.number("LOCAL_SEND_CALLS") / seconds,
            received: try output.number("REMOTE_RECV_CALLS") / seconds)
    }
}

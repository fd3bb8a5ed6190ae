import Glibc
import Processes

/// sockperf throughput, whose server says at its end how many messages came.
struct PacketSockperfTool: PacketTool {
    let name = "sockperf"
    let programs = ["sockperf", "nsenter", "taskset"]

    let source: String? = "install it with `apt-get install sockperf`"

    private let port: UInt16 = 18_769

    func measure(over pair: VethPair) async throws -> PacketRates {
        let place = ["-i", "\(pair.serverAddress)", "-p", "\(port)"]
        let server = pair.command("sockperf", ["server"] + place, at: .server, on: PacketSetting.serverProcessor)
        let client = pair.command(
            "sockperf",
            ["throughput"] + place + [
                "-m", "\(PacketSetting.messageSize)", "-t", "\(PacketSetting.seconds)", "--mps=max",
            ], at: .client, on: PacketSetting.clientProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(25)) { server in
            try await pair.waitForListener(port, tcp: false)
            let output = try await ProcessRunner.run(client, deadline: .seconds(15)).requireSuccess().standardOutput
            kill(server.processIdentifier, SIGINT)
            var words = ""
            while let line = try await server.nextLine() { words += line + "\n" }
            return try Self.parse(client: output, server: words)
        }
    }

    /// What came of all that was sent, at the rate of the sender: the server counts what comes around the measured time, too.
    static func parse(client: String, server: String) throws -> PacketRates {
        func number(after marker: String, in text: String) throws -> Double {
            let line = text.split(whereSeparator: \.isNewline).first { $0.contains(marker) }
            let rest = line.flatMap { line in line.firstRange(of: marker).map { line[$0.upperBound...] } }
            guard let value = rest?.split(whereSeparator: { " =;".contains($0) }).compactMap({ Double($0) }).first
            else {
                throw BenchmarkError("sockperf printed no \"\(marker)\": \(text)")
            }
            return value
        }
        let rate = try number(after: "Message Rate is", in: client)
        let sent = try number(after: "Total of", in: client)
        let received = try number(after: "Total", in: server)
        return PacketRates(sent: rate, received: min(1, received / sent) * rate)
    }
}

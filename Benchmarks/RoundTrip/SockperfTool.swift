import Contract
import Glibc
import Probes
import Processes

/// sockperf ping-pong, which reports half of the round trip.
struct SockperfTool: RoundTripTool {
    let name = "sockperf"
    let programs = ["sockperf", "nsenter", "taskset"]

    let source: String? = "install it with `apt-get install sockperf`"

    private let port: UInt16 = 18_766

    func measure(_ setting: RoundTripSetting, over pair: VethPair, pace: Pace) async throws -> RoundTrip {
        let place =
            ["-i", "\(pair.serverAddress)", "-p", "\(port)"] + (setting.transport == .tcp ? ["--tcp"] : [])
        let server = pair.command("sockperf", ["server"] + place, at: .server, on: setting.serverProcessor)
        let client = pair.command(
            "sockperf",
            // One second is the shortest that it takes.
            ["ping-pong"] + place + ["-m", "\(RoundTripSetting.messageSize)", "-t", "1"],
            at: .client, on: RoundTripSetting.clientProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(25)) { server in
            // It does not watch its standard input, and takes its time to end on SIGTERM.
            defer { kill(server.processIdentifier, SIGKILL) }
            try await pair.waitForListener(port, tcp: setting.transport == .tcp)
            let output = try await ProcessRunner.run(client, deadline: .seconds(15)).requireSuccess().standardOutput
            return try Self.parse(output)
        }
    }

    static func parse(_ text: String) throws -> RoundTrip {
        func number(after marker: String) throws -> Double {
            let line = text.split(whereSeparator: \.isNewline).first { $0.contains(marker) }
            let words = line?.split(whereSeparator: { " =".contains($0) }).compactMap { Double($0) }
            guard let value = words?.last, value > 0 else {
                throw BenchmarkError("sockperf printed no \"\(marker)\": \(text)")
            }
            return value * 2
        }
        return RoundTrip(
            p50: try number(after: "percentile 50.000"), p99: try number(after: "percentile 99.000"),
            mean: try number(after: "Summary: Latency is"))
    }
}

import Contract
import Glibc
import Probes
import Processes

/// netperf's TCP_RR and UDP_RR; its percentiles are whole microseconds, its mean is not.
struct NetperfTool: RoundTripTool {
    let name = "netperf"
    let programs = ["netperf", "netserver", "nsenter", "taskset"]

    let source: String? = "Debian has it in the component non-free: enable that, then `apt-get install netperf`"

    private let port: UInt16 = 18_765

    func measure(_ setting: RoundTripSetting, over pair: VethPair, pace: Pace) async throws -> RoundTrip {
        let server = pair.command(
            "netserver", ["-D", "-4", "-p", "\(port)"], at: .server, on: setting.serverProcessor)
        let size = "\(RoundTripSetting.messageSize),\(RoundTripSetting.messageSize)"
        let client = pair.command(
            "netperf",
            [
                "-H", "\(pair.serverAddress)", "-p", "\(port)", "-4", "-P", "0", "-j",
                "-t", setting.transport == .tcp ? "TCP_RR" : "UDP_RR",
                // Below 0: a number of transactions, as whole seconds are too coarse here.
                "-l", "-\(pace.transactions)",
                "--", "-r", size, "-k", "P50_LATENCY,P99_LATENCY,MEAN_LATENCY",
            ], at: .client, on: RoundTripSetting.clientProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(25)) { server in
            // It does not watch its standard input.
            defer { kill(server.processIdentifier, SIGTERM) }
            try await pair.waitForListener(port, tcp: true)
            let output = try await ProcessRunner.run(client, deadline: .seconds(15)).requireSuccess().standardOutput
            return try Self.parse(output)
        }
    }

    static func parse(_ text: String) throws -> RoundTrip {
        let output = NetperfOutput(text: text)
        return RoundTrip(
            p50: try output.number("P50_LATENCY"), p99: try output.number("P99_LATENCY"),
            mean: try output.number("MEAN_LATENCY"))
    }
}

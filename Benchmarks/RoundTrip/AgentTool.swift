import Contract
import Probes
import Quantities
import Statistics

/// `netmachinery agent` at both ends, as in the local testbed.
struct AgentTool: RoundTripTool {
    let program: String

    let name = "netmachinery"
    var programs: [String] { AgentPair.programs(program) }

    func measure(_ setting: RoundTripSetting, over pair: VethPair, pace: Pace) async throws -> RoundTrip {
        let events = try await AgentPair(program: program, pair: pair).events(
            server: EchoServer(
                transport: setting.transport, family: pair.serverAddress.family,
                messageSize: RoundTripSetting.messageSize),
            on: setting.serverProcessor,
            client: { port in
                LatencyProbe(
                    transport: setting.transport, pattern: .requestResponse, target: pair.serverAddress, port: port,
                    messageSize: RoundTripSetting.messageSize,
                    durationNanoseconds: RoundTripSetting.durationMilliseconds * 1_000_000,
                    warmUpNanoseconds: RoundTripSetting.warmUpMilliseconds * 1_000_000)
            }, on: RoundTripSetting.clientProcessor)
        for case .histogram(_, let json) in events {
            let histogram = try LatencyHistogram(json: json)
            return RoundTrip(
                p50: Double(histogram.percentile(50)) / 1_000, p99: Double(histogram.percentile(99)) / 1_000,
                mean: histogram.mean / 1_000)
        }
        throw BenchmarkError("the agent told of no histogram")
    }
}

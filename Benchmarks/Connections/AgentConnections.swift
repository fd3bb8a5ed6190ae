import Contract
import Probes
import Quantities

/// `netmachinery agent` at both ends, as in the local testbed.
struct AgentConnections: ConnectionsTool {
    let program: String

    let name = "netmachinery"
    var programs: [String] { AgentPair.programs(program) }

    func measure(_ setting: ConnectionsSetting, over pair: VethPair) async throws -> ConnectionsResult {
        let echo = EchoServer(
            transport: .tcp, family: pair.serverAddress.family,
            closesAfterReply: setting.pattern == .connectRequestClose, messageSize: ConnectionsSetting.messageSize,
            connections: setting.connections)
        let events = try await AgentPair(program: program, pair: pair).events(
            server: echo, on: setting.serverProcessor,
            client: { port in
                LatencyProbe(
                    transport: .tcp, pattern: setting.pattern, target: pair.serverAddress, port: port,
                    messageSize: ConnectionsSetting.messageSize,
                    durationNanoseconds: ConnectionsSetting.durationMilliseconds * 1_000_000,
                    warmUpNanoseconds: ConnectionsSetting.warmUpMilliseconds * 1_000_000,
                    connections: setting.connections, burst: setting.burst)
            }, on: ConnectionsSetting.clientProcessor)
        let values = events.values
        guard let rate = values[ProbeMetrics.transactionRate.name], let count = values[ProbeMetrics.transactions.name],
            let p50 = values[ProbeMetrics.latencyP50.name], let seconds = values[ProbeMetrics.cpuClient.name],
            values[ProbeMetrics.timeouts.name] == 0
        else { throw BenchmarkError("the agent told of no rate, or of requests without a reply") }
        return ConnectionsResult(rate: rate, p50: p50 * 1e6, processor: seconds / count * 1e6)
    }
}

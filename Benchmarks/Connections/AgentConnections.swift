import Contract
import Probes
import Processes
import Quantities

/// `netmachinery agent` at both ends, as in the local testbed.
struct AgentConnections: ConnectionsTool {
    let program: String

    let name = "netmachinery"
    var programs: [String] { [program, "nsenter", "taskset"] }

    func measure(_ setting: ConnectionsSetting, over pair: VethPair) async throws -> ConnectionsResult {
        let server = pair.command(program, ["agent"], at: .server, on: setting.serverProcessor)
        let echo = EchoServer(
            transport: .tcp, family: pair.serverAddress.family,
            closesAfterReply: setting.pattern == .connectRequestClose, messageSize: ConnectionsSetting.messageSize,
            connections: setting.connections)
        return try await ProcessRunner.converse(server, deadline: .seconds(15)) { server in
            try await server.send(try ProbePlan(probe: echo, deadlineSeconds: 15).json())
            while let line = try await server.nextLine() {
                switch try ProbeEvent(line: line) {
                case .ready(let port, _, _):
                    let result = try await client(setting, pair, port)
                    await server.closeInput()
                    return result
                case .failure(_, let message): throw BenchmarkError(message)
                default: continue
                }
            }
            throw BenchmarkError("the agent ended: \(server.standardErrorTail())")
        }
    }

    private func client(
        _ setting: ConnectionsSetting, _ pair: VethPair, _ port: UInt16
    ) async throws -> ConnectionsResult {
        let probe = LatencyProbe(
            transport: .tcp, pattern: setting.pattern, target: pair.serverAddress, port: port,
            messageSize: ConnectionsSetting.messageSize,
            durationNanoseconds: ConnectionsSetting.durationMilliseconds * 1_000_000,
            warmUpNanoseconds: ConnectionsSetting.warmUpMilliseconds * 1_000_000,
            connections: setting.connections, burst: setting.burst)
        let command = pair.command(program, ["agent"], at: .client, on: ConnectionsSetting.clientProcessor)
        return try await ProcessRunner.converse(command, deadline: .seconds(10)) { client in
            try await client.send(try ProbePlan(probe: probe, deadlineSeconds: 10).json())
            var values: [String: Double] = [:]
            while let line = try await client.nextLine() {
                switch try ProbeEvent(line: line) {
                case .sample(let sample): values[sample.metric] = sample.value
                case .failure(_, let message): throw BenchmarkError(message)
                case .done:
                    return try Self.result(values)
                default: continue
                }
            }
            throw BenchmarkError("the agent ended without a rate: \(client.standardErrorTail())")
        }
    }

    private static func result(_ values: [String: Double]) throws -> ConnectionsResult {
        guard let rate = values[ProbeMetrics.transactionRate.name], let count = values[ProbeMetrics.transactions.name],
            let p50 = values[ProbeMetrics.latencyP50.name], let seconds = values[ProbeMetrics.cpuClient.name],
            values[ProbeMetrics.timeouts.name] == 0
        else { throw BenchmarkError("the agent told of no rate, or of requests without a reply") }
        return ConnectionsResult(rate: rate, p50: p50 * 1e6, processor: seconds / count * 1e6)
    }
}

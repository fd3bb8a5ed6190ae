import Contract
import Probes
import Processes
import Quantities
import Statistics

/// `netmachinery agent` at both ends, as in the local testbed.
struct AgentTool: RoundTripTool {
    let program: String

    let name = "netmachinery"
    var programs: [String] { [program, "nsenter", "taskset"] }

    func measure(_ setting: RoundTripSetting, over pair: VethPair, pace: Pace) async throws -> RoundTrip {
        let server = pair.command(program, ["agent"], at: .server, on: setting.serverProcessor)
        let echo = EchoServer(
            transport: setting.transport, family: pair.serverAddress.family,
            messageSize: RoundTripSetting.messageSize)
        return try await ProcessRunner.converse(server, deadline: .seconds(15)) { server in
            try await server.send(try ProbePlan(probe: echo, deadlineSeconds: 15).json())
            let port = try await Self.port(of: server)
            let result = try await client(setting, pair, port)
            await server.closeInput()
            return result
        }
    }

    private static func port(of server: Conversation) async throws -> UInt16 {
        while let line = try await server.nextLine() {
            switch try ProbeEvent(line: line) {
            case .ready(let port, _, _): return port
            case .failure(_, let message): throw BenchmarkError(message)
            default: continue
            }
        }
        throw BenchmarkError("the agent ended: \(server.standardErrorTail())")
    }

    private func client(_ setting: RoundTripSetting, _ pair: VethPair, _ port: UInt16) async throws -> RoundTrip {
        let probe = LatencyProbe(
            transport: setting.transport, pattern: .requestResponse, target: pair.serverAddress, port: port,
            messageSize: RoundTripSetting.messageSize,
            durationNanoseconds: RoundTripSetting.durationMilliseconds * 1_000_000,
            warmUpNanoseconds: RoundTripSetting.warmUpMilliseconds * 1_000_000)
        let command = pair.command(program, ["agent"], at: .client, on: RoundTripSetting.clientProcessor)
        return try await ProcessRunner.converse(command, deadline: .seconds(10)) { client in
            try await client.send(try ProbePlan(probe: probe, deadlineSeconds: 10).json())
            while let line = try await client.nextLine() {
                switch try ProbeEvent(line: line) {
                case .histogram(_, let json):
                    let histogram = try LatencyHistogram(json: json)
                    return RoundTrip(
                        p50: Double(histogram.percentile(50)) / 1_000, p99: Double(histogram.percentile(99)) / 1_000,
                        mean: histogram.mean / 1_000)
                case .failure(_, let message): throw BenchmarkError(message)
                default: continue
                }
            }
            throw BenchmarkError("the agent ended without a histogram: \(client.standardErrorTail())")
        }
    }
}

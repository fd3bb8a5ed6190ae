import Contract
import Probes
import Processes
import Quantities

/// `netmachinery agent` at both ends, as in the local testbed.
struct PacketAgentTool: PacketTool {
    let program: String

    let name = "netmachinery"
    var programs: [String] { [program, "nsenter", "taskset"] }

    func measure(over pair: VethPair) async throws -> PacketRates {
        let command = pair.command(program, ["agent"], at: .server, on: PacketSetting.serverProcessor)
        let probe = PacketServer(family: pair.serverAddress.family, messageSize: PacketSetting.messageSize)
        return try await ProcessRunner.converse(command, deadline: .seconds(15)) { server in
            try await server.send(try ProbePlan(probe: probe, deadlineSeconds: 15).json())
            while let line = try await server.nextLine() {
                switch try ProbeEvent(line: line) {
                case .ready(let port, _, _):
                    let rates = try await client(pair, port)
                    await server.closeInput()
                    return rates
                case .failure(_, let message): throw BenchmarkError(message)
                default: continue
                }
            }
            throw BenchmarkError("the agent ended: \(server.standardErrorTail())")
        }
    }

    private func client(_ pair: VethPair, _ port: UInt16) async throws -> PacketRates {
        let probe = PacketProbe(
            target: pair.serverAddress, port: port, messageSize: PacketSetting.messageSize,
            durationNanoseconds: UInt64(PacketSetting.seconds) * 1_000_000_000)
        let command = pair.command(program, ["agent"], at: .client, on: PacketSetting.clientProcessor)
        return try await ProcessRunner.converse(command, deadline: .seconds(10)) { client in
            try await client.send(try ProbePlan(probe: probe, deadlineSeconds: 10).json())
            var values: [String: Double] = [:]
            while let line = try await client.nextLine() {
                switch try ProbeEvent(line: line) {
                case .sample(let sample): values[sample.metric] = sample.value
                case .failure(_, let message): throw BenchmarkError(message)
                default: continue
                }
            }
            guard let received = values[ProbeMetrics.packetRate.name] else {
                throw BenchmarkError("the agent ended without a rate: \(client.standardErrorTail())")
            }
            return PacketRates(sent: values[ProbeMetrics.packetRateSent.name], received: received)
        }
    }
}

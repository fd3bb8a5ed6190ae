import Contract
import Probes
import Quantities

/// `netmachinery agent` at both ends, as in the local testbed.
struct PacketAgentTool: PacketTool {
    let program: String

    let name = "netmachinery"
    var programs: [String] { AgentPair.programs(program) }

    func measure(over pair: VethPair) async throws -> PacketRates {
        let events = try await AgentPair(program: program, pair: pair).events(
            server: PacketServer(family: pair.serverAddress.family, messageSize: PacketSetting.messageSize),
            on: PacketSetting.serverProcessor,
            client: { port in
                PacketProbe(
                    target: pair.serverAddress, port: port, messageSize: PacketSetting.messageSize,
                    durationNanoseconds: UInt64(PacketSetting.seconds) * 1_000_000_000)
            }, on: PacketSetting.clientProcessor)
        let values = events.values
        guard let received = values[ProbeMetrics.packetRate.name] else {
            throw BenchmarkError("the agent told of no rate")
        }
        return PacketRates(sent: values[ProbeMetrics.packetRateSent.name], received: received)
    }
}

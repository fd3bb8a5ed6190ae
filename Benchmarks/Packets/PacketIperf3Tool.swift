import FoundationEssentials
import Glibc
import Processes

/// iperf3 without a limit of its rate, of which the server's count of lost datagrams is believed.
struct PacketIperf3Tool: PacketTool {
    let name = "iperf3"
    let programs = ["iperf3", "nsenter", "taskset"]

    private let port: UInt16 = 18_768

    func measure(over pair: VethPair) async throws -> PacketRates {
        let server = pair.command(
            "iperf3", ["-s", "-1", "-p", "\(port)"], at: .server, on: PacketSetting.serverProcessor)
        let client = pair.command(
            "iperf3",
            [
                "-c", "\(pair.serverAddress)", "-p", "\(port)", "-u", "-b", "0", "-l", "\(PacketSetting.messageSize)",
                "-t", "\(PacketSetting.seconds)", "-J",
            ], at: .client, on: PacketSetting.clientProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(25)) { server in
            // It does not watch its standard input.
            defer { kill(server.processIdentifier, SIGKILL) }
            try await pair.waitForListener(port, tcp: true)
            return try Self.parse(
                try await ProcessRunner.run(client, deadline: .seconds(15)).requireSuccess().standardOutput)
        }
    }

    private struct Report: Decodable {
        struct End: Decodable {
            struct Sum: Decodable {
                let seconds: Double
                let packets: Double
                let lostPackets: Double

                private enum CodingKeys: String, CodingKey {
                    case seconds, packets
                    case lostPackets = "lost_packets"
                }
            }

            let sum: Sum
        }

        let end: End
    }

    static func parse(_ text: String) throws -> PacketRates {
        let sum = try JSONDecoder().decode(Report.self, from: Data(text.utf8)).end.sum
        guard sum.seconds > 0 else { throw BenchmarkError("iperf3 printed no time: \(text)") }
        return PacketRates(
            sent: sum.packets / sum.seconds, received: (sum.packets - sum.lostPackets) / sum.seconds)
    }
}

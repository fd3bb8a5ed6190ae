import Contract
import Probes
import Processes
import Quantities

/// The blocking C loop.
struct FloorTool: RoundTripTool {
    let program: String

    let name = "C loop"
    var programs: [String] { [program, "nsenter", "taskset"] }

    func measure(_ setting: RoundTripSetting, over pair: VethPair, pace: Pace) async throws -> RoundTrip {
        let transport = setting.transport.rawValue
        let address = "\(pair.serverAddress)"
        let size = "\(RoundTripSetting.messageSize)"
        let server = pair.command(
            program, ["server", transport, address, size], at: .server, on: setting.serverProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(15)) { server in
            guard let port = try await server.nextLine()?.split(separator: " ").last else {
                throw BenchmarkError("the C loop's server ended: \(server.standardErrorTail())")
            }
            let client = pair.command(
                program,
                [
                    "client", transport, address, String(port), size, "\(RoundTripSetting.warmUpMilliseconds)",
                    "\(RoundTripSetting.durationMilliseconds)",
                ], at: .client, on: RoundTripSetting.clientProcessor)
            let output = try await ProcessRunner.run(client, deadline: .seconds(10)).requireSuccess().standardOutput
            await server.closeInput()
            let numbers = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            guard numbers.count == 4 else { throw BenchmarkError("the C loop printed \"\(output)\"") }
            return RoundTrip(p50: numbers[1] / 1_000, p99: numbers[2] / 1_000, mean: numbers[3] / 1_000)
        }
    }
}

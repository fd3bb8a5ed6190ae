import Processes

/// The C loop over epoll(7).
struct FloorConnections: ConnectionsTool {
    let program: String

    let name = "C epoll loop"
    var programs: [String] { [program, "nsenter", "taskset"] }

    func measure(_ setting: ConnectionsSetting, over pair: VethPair) async throws -> ConnectionsResult {
        let address = "\(pair.serverAddress)"
        let size = "\(ConnectionsSetting.messageSize)"
        let server = pair.command(
            program, ["connection-server", setting.word, address, size], at: .server, on: setting.serverProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(15)) { server in
            guard let port = try await server.nextLine()?.split(separator: " ").last else {
                throw BenchmarkError("the C loop's server ended: \(server.standardErrorTail())")
            }
            let client = pair.command(
                program,
                [
                    "connection-client", setting.word, address, String(port), size, "\(setting.connections)",
                    "\(setting.burst)",
                    "\(ConnectionsSetting.warmUpMilliseconds)", "\(ConnectionsSetting.durationMilliseconds)",
                ], at: .client, on: ConnectionsSetting.clientProcessor)
            let output = try await ProcessRunner.run(client, deadline: .seconds(10)).requireSuccess().standardOutput
            await server.closeInput()
            let numbers = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            guard numbers.count == 3 else { throw BenchmarkError("the C loop printed \"\(output)\"") }
            return ConnectionsResult(
                rate: numbers[0] / (Double(ConnectionsSetting.durationMilliseconds) / 1_000), p50: numbers[1] / 1_000,
                processor: numbers[2] / 1_000)
        }
    }
}

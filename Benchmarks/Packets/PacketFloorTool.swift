import Processes

/// The C loop: sendmmsg(2) at one end, recvmmsg(2) at the other.
struct PacketFloorTool: PacketTool {
    let program: String
    /// Whether the receiver looks at intervals, as ours does, instead of waiting in its socket.
    let looks: Bool

    var name: String { looks ? "C loop that looks" : "C loop" }
    var programs: [String] { [program, "nsenter", "taskset"] }

    func measure(over pair: VethPair) async throws -> PacketRates {
        let address = "\(pair.serverAddress)"
        let size = "\(PacketSetting.messageSize)"
        let milliseconds = "\(PacketSetting.seconds * 1_000)"
        let server = pair.command(
            program, ["packet-server", address, size, milliseconds, looks ? "looks" : "waits"], at: .server,
            on: PacketSetting.serverProcessor)
        return try await ProcessRunner.converse(server, deadline: .seconds(15)) { server in
            guard let port = try await server.nextLine()?.split(separator: " ").last else {
                throw BenchmarkError("the C loop's server ended: \(server.standardErrorTail())")
            }
            let client = pair.command(
                program, ["packet-client", address, String(port), size, milliseconds], at: .client,
                on: PacketSetting.clientProcessor)
            let output = try await ProcessRunner.run(client, deadline: .seconds(10)).requireSuccess().standardOutput
            let sent = Self.rate(output)
            guard let received = try await server.nextLine().flatMap(Self.rate) else {
                throw BenchmarkError("the C loop counted nothing: \(server.standardErrorTail())")
            }
            await server.closeInput()
            return PacketRates(sent: sent, received: received)
        }
    }

    /// `n per-second`.
    private static func rate(_ text: String) -> Double? {
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        return numbers.count == 2 ? numbers[1] : nil
    }
}

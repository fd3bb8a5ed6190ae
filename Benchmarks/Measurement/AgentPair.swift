import Contract
import Probes
import Processes
import Quantities

/// `netmachinery agent` at both ends of a pair of links, as in the local testbed.
struct AgentPair {
    let program: String
    let pair: VethPair

    /// What is run beside the agents themselves.
    static func programs(_ program: String) -> [String] { [program, "nsenter", "taskset"] }

    /// Serves at one end, measures at the other, each on its processor; what the client's probe said until it was done.
    func events(
        server: any Probe, on serverProcessor: Int, client: @Sendable (UInt16) -> any Probe, on clientProcessor: Int
    ) async throws -> [ProbeEvent] {
        let command = pair.command(program, ["agent"], at: .server, on: serverProcessor)
        return try await ProcessRunner.converse(command, deadline: .seconds(15)) { conversation in
            try await conversation.send(try ProbePlan(probe: server, deadlineSeconds: 15).json())
            let port = try await Self.port(of: conversation)
            let events = try await self.events(of: client(port), on: clientProcessor)
            await conversation.closeInput()
            return events
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

    private func events(of probe: any Probe, on processor: Int) async throws -> [ProbeEvent] {
        let command = pair.command(program, ["agent"], at: .client, on: processor)
        return try await ProcessRunner.converse(command, deadline: .seconds(10)) { client in
            try await client.send(try ProbePlan(probe: probe, deadlineSeconds: 10).json())
            var events: [ProbeEvent] = []
            while let line = try await client.nextLine() {
                let event = try ProbeEvent(line: line)
                if case .failure(_, let message) = event { throw BenchmarkError(message) }
                if case .done = event { return events }
                events.append(event)
            }
            throw BenchmarkError("the agent ended before it was done: \(client.standardErrorTail())")
        }
    }
}

extension [ProbeEvent] {
    /// The samples by metric; of several of one metric the last.
    var values: [String: Double] {
        reduce(into: [:]) { values, event in
            if case .sample(let sample) = event { values[sample.metric] = sample.value }
        }
    }
}

import Contract
import Foundation
import Probes
import Processes
import Quantities
import TestSupport
import Testing

/// A request and its response between two places, carried by two agents.
struct AgentExchange {
    /// The words that start something at the server's place.
    let server: [String]
    /// The words that start something at the client's place.
    let client: [String]

    private static let deadline = 10.0

    /// The transactions that TCP carried to the target in a moment.
    func transactions(to target: IPAddress) async throws -> Double {
        let agent = [try BuiltProgram.path(), "agent"]
        let echo = EchoServer(transport: .tcp, family: target.family, messageSize: 64)
        return try await Self.converse(server + agent, echo) { conversation in
            let port = try await Self.events(conversation) { event in
                if case .ready(let port, _, _) = event { port } else { nil }
            }
            let probe = LatencyProbe(
                transport: .tcp, pattern: .requestResponse, target: target, port: try #require(port), messageSize: 64,
                durationNanoseconds: 20_000_000)
            let transactions = try await Self.converse(client + agent, probe) { conversation in
                try await Self.events(conversation) { event in
                    if case .sample(let sample) = event, sample.metric == "transactions" { sample.value } else { nil }
                }
            }
            return transactions ?? 0
        }
    }

    /// The first failure that an agent reports for a plan.
    static func failure(_ words: [String], _ probe: any Probe) async throws -> (code: String, message: String)? {
        try await converse(words, probe) { conversation in
            try await events(conversation) { event in
                if case .failure(let code, let message) = event { (code, message) } else { nil }
            }
        }
    }

    private static func converse<Value: Sendable>(
        _ words: [String], _ probe: any Probe, _ body: nonisolated(nonsending) (Conversation) async throws -> Value
    ) async throws -> Value {
        let command = Command(executable: words[0], arguments: Array(words.dropFirst()))
        return try await ProcessRunner.converse(command, deadline: .seconds(deadline + 5)) { conversation in
            try await conversation.send(try ProbePlan(probe: probe, deadlineSeconds: deadline).json())
            return try await body(conversation)
        }
    }

    private static func events<Value>(
        _ conversation: Conversation, _ take: (ProbeEvent) -> Value?
    ) async throws -> Value? {
        while let line = try await conversation.nextLine() {
            let event = try JSONDecoder().decode(ProbeEvent.self, from: Data(line.utf8))
            if let value = take(event) { return value }
            if event == .done { return nil }
        }
        return nil
    }
}

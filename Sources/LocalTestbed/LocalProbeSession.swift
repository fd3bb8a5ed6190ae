import Contract
import Processes
import Testbed

/// A conversation with an agent on this machine: the plan goes in as one line, events come out, one a line.
struct LocalProbeSession: ProbeSession {
    let conversation: Conversation
    let place: Place

    func start(_ plan: ProbePlan) async throws(TestbedError) {
        do {
            try await conversation.send(try plan.json())
        } catch {
            throw failure("start", error)
        }
    }

    func next() async throws(TestbedError) -> ProbeEvent? {
        let line: String?
        do throws(ProcessError) {
            line = try await conversation.nextLine()
        } catch {
            throw failure("hear from", error)
        }
        guard let line else { return nil }
        do {
            return try ProbeEvent(line: line)
        } catch {
            throw TestbedError(
                code: .protocolViolation,
                operation: "understand",
                object: "the agent at \(place)",
                cause: "it printed \(line.prefix(200))",
                nextStep: "see that the agent is the same version as this program"
            )
        }
    }

    func stop() async {
        await conversation.closeInput()
    }

    private func failure(_ operation: String, _ error: any Error) -> TestbedError {
        let words = conversation.standardErrorTail()
        return TestbedError(
            code: TestbedError.Code(error),
            operation: operation,
            object: "the agent at \(place)",
            cause: words.isEmpty ? "\(error)" : "\(error); it said: \(words)"
        )
    }
}

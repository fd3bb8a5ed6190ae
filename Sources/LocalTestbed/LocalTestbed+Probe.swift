public import Contract
import LinuxHost
import Processes
public import Testbed

extension LocalTestbed {
    /// Runs `netmachinery agent` in the place's namespace, entered by `nsenter`, or in a new one made by `unshare`.
    public func withProbe<Value: Sendable>(
        _ plan: ProbePlan,
        at place: Place,
        _ body: @Sendable (any ProbeSession) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        let entry =
            names.namespace(of: place).map {
                (program: "nsenter", option: "--net=\(NetworkNamespace.path(named: $0))")
            } ?? (program: "unshare", option: "--net")
        let command = await ties().tie(
            Command(executable: entry.program, arguments: [entry.option, "--", options.agentExecutable, "agent"])
        )
        // The agent ends itself at its deadline; ours is later, for an agent that cannot.
        let deadline = Duration.seconds(plan.deadlineSeconds) + GracePeriods.agent
        do {
            return try await ProcessRunner.converse(command, deadline: deadline) { conversation in
                let session = LocalProbeSession(conversation: conversation, place: place)
                try await session.start(plan)
                return try await body(session)
            }
        } catch let error as TestbedError {
            throw error
        } catch {
            throw TestbedError(
                code: TestbedError.Code(error), operation: "run", object: "the agent at \(place)", cause: "\(error)")
        }
    }
}

public import Contract
import LinuxHost
import Processes

/// Carries out probe plans in the network namespace of this process.
public enum ProbeEngine {
    /// Runs one plan to its end and says what happens to the output; `done` is always the last event.
    ///
    /// A server runs until the stop is tripped or the deadline comes, and both are its regular end. A measurement that
    /// they end early is a failure. Everything that was started is ended when this returns.
    public static func run(
        _ plan: ProbePlan,
        output: any ProbeOutput,
        stop: ProbeStop = ProbeStop()
    ) async {
        do throws(PlanError) {
            try plan.validate()
            await withTaskCancellationHandler {
                await runUntilDeadline(plan, output, stop)
            } onCancel: {
                stop.trip(.requested)
            }
        } catch {
            output.emit(.failure(code: FailureCode.badPlan.rawValue, message: error.description))
        }
        output.emit(.done)
    }

    private static func runUntilDeadline(_ plan: ProbePlan, _ output: any ProbeOutput, _ stop: ProbeStop) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard (try? await Task.sleep(for: .seconds(plan.deadlineSeconds))) != nil else { return }
                stop.trip(.deadline)
            }
            do throws(ProbeFailure) {
                try await perform(plan, output, stop)
            } catch {
                if let words = error.words {
                    output.emit(
                        .artifact(name: "\(type(of: plan.probe).kind)-output", mediaType: "text/plain", text: words))
                }
                output.emit(.failure(code: error.code.rawValue, message: error.message))
            }
            group.cancelAll()
        }
    }

    private static func perform(
        _ plan: ProbePlan,
        _ output: any ProbeOutput,
        _ stop: ProbeStop
    ) async throws(ProbeFailure) {
        if let begin = plan.begin { await Beginning.wait(for: begin, output, stop) }
        let context = ProbeContext(plan, output: output, stop: stop)
        let meter = plan.cost.map { CostMeter($0) }
        defer { meter?.stop() }
        try await run(plan, in: context)
        for event in meter?.events() ?? [] { output.emit(event) }
    }

    private static func run(_ plan: ProbePlan, in context: ProbeContext) async throws(ProbeFailure) {
        for runner in ProbeTable.runners {
            if try await runner.runs(plan.probe, in: context) { return }
        }
        throw ProbeFailure(.badPlan, "this program carries out no probe of kind \(type(of: plan.probe).kind)")
    }
}

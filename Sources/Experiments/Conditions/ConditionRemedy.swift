package import Contract
package import Testbed

/// Undoes by another agent what the agent of a condition left that was killed.
package enum ConditionRemedy {
    private static let deadline = 30.0

    /// The failure of a condition whose agent has not come to its end; where it was killed, what it left is undone first.
    ///
    /// An agent that ends by itself undoes everything and says why it ended.
    package static func failure(
        of placed: PlacedCondition, _ report: ProbeReport, seed: UInt64, on testbed: any Testbed
    ) async -> TrialFailure {
        var failure = report.failure(at: placed.place)
        guard report.failure == nil, !report.isDone else { return failure }
        let problem = await undo(placed, report, seed: seed, on: testbed)
        failure = TrialFailure(
            failure.outcome,
            "the agent at \(placed.place) that held \(placed.condition.words) was killed; "
                + (problem.map { "what it left is still there: \($0)" } ?? "what it left was undone"),
            artifacts: failure.artifacts, samples: failure.samples)
        return failure
    }

    /// What kept it from being undone, or nil.
    private static func undo(
        _ placed: PlacedCondition, _ report: ProbeReport, seed: UInt64, on testbed: any Testbed
    ) async -> String? {
        let plan = ProbePlan(
            probe: placed.condition.remedy(told: report.artifacts), deadlineSeconds: deadline, seed: seed)
        do throws(TestbedError) {
            let remedy = try await testbed.withProbe(plan, at: placed.place) { session throws(TestbedError) in
                var report = ProbeReport()
                if try await report.readUntilReady(session) != nil { await session.stop() }
                try await report.readToEnd(session)
                return report
            }
            return remedy.isComplete ? nil : remedy.failure(at: placed.place).reason
        } catch {
            return error.description
        }
    }
}

import Contract
import Experiments
import Testbed

/// Holds conditions while a body runs: each is applied and proven before it, and undone after it, whatever happens.
struct ConditionHold: Sendable {
    /// What a condition did, for the trial's record.
    struct Effect: Sendable {
        let words: String
        let samples: [Sample]
    }

    let testbed: any Testbed
    /// After how long a condition undoes itself, though nobody came to stop it.
    let deadline: Duration
    let seed: UInt64

    /// Runs the body under all conditions, the first applied first and undone last.
    func hold<Value: Sendable>(
        _ conditions: [PlacedCondition], _ body: @escaping @Sendable () async -> Value
    ) async throws(TrialFailure) -> (value: Value, effects: [Effect]) {
        guard let first = conditions.first else { return (await body(), []) }
        let plan = ProbePlan(
            probe: first.condition,
            deadlineSeconds: (deadline + GracePeriods.condition) / .seconds(1),
            seed: seed
        )
        let rest = Array(conditions.dropFirst())
        let outcome: Result<(value: Value, effects: [Effect]), TrialFailure>
        do throws(TestbedError) {
            outcome = try await testbed.withProbe(plan, at: first.place) { session throws(TestbedError) in
                var report = ProbeReport()
                guard try await report.readUntilReady(session) != nil else {
                    return .failure(Self.failure(first, report))
                }
                let inner: (value: Value, effects: [Effect])
                do throws(TrialFailure) {
                    inner = try await hold(rest, body)
                } catch {
                    return .failure(error)
                }
                await session.stop()
                try await report.readToEnd(session)
                // It ended before the trial did: what was measured was not measured under it.
                guard report.isComplete else { return .failure(Self.failure(first, report)) }
                return .success((inner.value, [Effect(words: first.words, samples: report.samples)] + inner.effects))
            }
        } catch {
            throw TrialFailure(error)
        }
        return try outcome.get()
    }

    private static func failure(_ condition: PlacedCondition, _ report: ProbeReport) -> TrialFailure {
        let failure = report.failure(at: condition.place)
        return TrialFailure(
            .invalid, "\(condition.words) did not hold: \(failure.reason)", artifacts: failure.artifacts)
    }
}

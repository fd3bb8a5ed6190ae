import Contract
import Experiments
import Testbed

/// Holds conditions while a body runs: each is applied and proven before it, and undone after it, whatever happens.
struct ConditionHold: Sendable {
    /// What a condition did, for the trial's record.
    struct Effect: Sendable {
        let samples: [Sample]
        /// From when it was in place until it was asked to go.
        let span: Span
    }

    typealias Held<Value: Sendable> = (value: Value, effects: [Effect])

    let testbed: any Testbed
    /// After how long a condition undoes itself, though nobody came to stop it.
    let deadline: Duration
    let seed: UInt64
    /// When the trial began.
    var start = ContinuousClock.now

    /// Runs the body under all conditions, the first applied first and undone last.
    ///
    /// - Parameter isSilenced: Whether one that is applied already lets nothing come back.
    func hold<Value: Sendable>(
        _ conditions: [PlacedCondition], isSilenced: Bool = false, _ body: @escaping @Sendable () async -> Value
    ) async throws(TrialFailure) -> Held<Value> {
        guard let first = conditions.first else { return (await body(), []) }
        let rest = Array(conditions.dropFirst())
        let isSilent = isSilenced || first.condition.expectedEffect?.isSilence == true
        let outcome: Result<Held<Value>, TrialFailure>
        do throws(TestbedError) {
            outcome = try await watched(first) { watch throws(TestbedError) in
                try await hold(first, seenBy: watch, isSilenced: isSilenced) { () async throws(TrialFailure) in
                    try await hold(rest, isSilenced: isSilent, body)
                }
            }
        } catch {
            throw TrialFailure(error)
        }
        return try outcome.get()
    }

    /// Runs a body with somebody who sees what packets to the condition's peer meet, where that tells of its effect.
    private func watched<Value: Sendable>(
        _ placed: PlacedCondition,
        _ body: @escaping @Sendable (PathWatch?) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        try await PathWatch.over(
            placed, on: testbed, deadline: deadline + GracePeriods.condition * 2, seed: seed, body)
    }

    /// How long conditions may take to be in place, and all readings that prove them.
    static func longestAround(_ conditions: [PlacedCondition]) -> Duration {
        conditions.reduce(.zero) { sum, placed in
            sum + placed.condition.longestStart
                + (placed.condition.expectedEffect.map { PathWatch.longestReadings(of: $0) } ?? .zero)
        }
    }

    private func hold<Value: Sendable>(
        _ placed: PlacedCondition, seenBy watch: PathWatch?, isSilenced: Bool,
        _ body: @escaping @Sendable () async throws(TrialFailure) -> Held<Value>
    ) async throws(TestbedError) -> Result<Held<Value>, TrialFailure> {
        let effect = placed.condition.expectedEffect ?? ExpectedEffect()
        let longest = effect.addedRoundTrip?.upperBound ?? 0
        let before = try await watch?.baseline(effect)
        // Where nothing comes back anyway, nobody can say what a condition did: it is not taken on trust. Beside another that
        // was seen to silence the path there is nothing more to see.
        if watch != nil, before == nil, !isSilenced {
            let reason = "no packet came back before it was applied, so that nothing can be told of its effect"
            return .failure(Self.failure(placed, TrialFailure(.invalid, reason)))
        }
        let result: Result<Proven<Value>, TrialFailure> = try await testbed.withProbe(
            plan(placed), at: placed.place
        ) { session throws(TestbedError) in
            var report = ProbeReport()
            guard try await report.readUntilReady(session) != nil else {
                return .failure(await failure(of: placed, report))
            }
            let began = sinceStart()
            var samples: [Sample] = []
            if let watch, let before {
                var during = before
                var reason: String?
                // A reading on a busy processor may be late; an effect that is not there does not come by waiting.
                for _ in 0..<EffectProof.readings {
                    during = try await watch.read(effect, longest: (before.roundTrip ?? 0) + longest)
                    reason = EffectProof.problem(before: before, during: during, effect)
                    if reason == nil { break }
                }
                if let reason { return .failure(Self.failure(placed, TrialFailure(.invalid, reason))) }
                samples = before.samples(.before, effect) + during.samples(.during, effect)
            }
            let inner: Held<Value>
            do throws(TrialFailure) {
                inner = try await body()
            } catch {
                return .failure(error)
            }
            let ended = sinceStart()
            await session.stop()
            try await report.readToEnd(session)
            // It ended before the trial did: what was measured was not measured under it.
            guard report.isComplete else { return .failure(await failure(of: placed, report)) }
            if let reason = EffectProof.losses(counted: report.samples, effect) {
                return .failure(Self.failure(placed, TrialFailure(.invalid, reason)))
            }
            return .success(Proven(held: inner, samples: report.samples + samples, began: began, ended: ended))
        }
        switch result {
        case .failure(let failure): return .failure(failure)
        case .success(let done):
            var samples = done.samples
            if let watch, let before {
                let (after, reason) = try await watch.aftermath(of: effect, since: before)
                if let reason {
                    return .failure(Self.failure(placed, TrialFailure(.invalid, reason)))
                }
                samples += after.samples(.after, effect)
            }
            let effect = Self.effect(of: placed, samples, from: done.began, to: done.ended)
            return .success((done.held.value, [effect] + done.held.effects))
        }
    }

    /// What came of a body under a condition that did what it should.
    private struct Proven<Value: Sendable>: Sendable {
        let held: Held<Value>
        let samples: [Sample]
        let began: Double
        let ended: Double
    }

    private func sinceStart() -> Double { (ContinuousClock.now - start) / .seconds(1) }

    private static func effect(
        of placed: PlacedCondition, _ samples: [Sample], from began: Double, to ended: Double
    ) -> Effect {
        let detail = samples.map { "\($0.metric) \($0.value)" }.joined(separator: ", ")
        let span = Span(
            role: .condition, name: placed.condition.words, place: "\(placed.place)", start: began, end: ended,
            detail: detail)
        return Effect(samples: samples, span: span)
    }

    private func plan(_ placed: PlacedCondition) -> ProbePlan {
        ProbePlan(
            probe: placed.condition,
            deadlineSeconds: (deadline + GracePeriods.condition) / .seconds(1),
            seed: seed
        )
    }

    /// The trial's failure where the agent ended by itself, or was killed and has left something.
    private func failure(of placed: PlacedCondition, _ report: ProbeReport) async -> TrialFailure {
        Self.failure(placed, await ConditionRemedy.failure(of: placed, report, seed: seed, on: testbed))
    }

    private static func failure(_ placed: PlacedCondition, _ failure: TrialFailure) -> TrialFailure {
        TrialFailure(.invalid, "\(placed.words) did not hold: \(failure.reason)", artifacts: failure.artifacts)
    }
}

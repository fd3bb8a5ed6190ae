import Contract
import Testbed

/// Changes one link for as long as was asked for, with readings of its path around and within that time.
struct ShaperHold: Sendable {
    let placed: PlacedCondition
    let duration: Duration
    let rendezvous: Rendezvous
    let context: TrialContext

    /// What an agent may take to begin, beyond which its change ends by itself.
    private static let slack = Duration.seconds(1)
    /// Readings end so early that they are over before the change is.
    private static let share = 0.5

    private var effect: ExpectedEffect { placed.condition.expectedEffect ?? ExpectedEffect() }

    func run(seenBy watch: PathWatch?) async throws(TestbedError) -> Result<Measurement, TrialFailure> {
        var record = ShaperRecord(placed: placed, effect: effect, isSeen: watch != nil)
        let budget = Double(duration.components.seconds) * Self.share
        record.before = try await watch?.baseline(effect, budget: budget)
        // Until all have read: what is done to one link may be on the way of another one's packets.
        await rendezvous.meet()
        let plan = ProbePlan(
            probe: placed.condition, deadlineSeconds: (duration + Self.slack) / .seconds(1), seed: context.seed)
        let held: Result<ShaperRecord, TrialFailure> = try await context.testbed.withProbe(
            plan, at: placed.place
        ) { [record] session throws(TestbedError) in
            var record = record
            var report = ProbeReport()
            guard try await report.readUntilReady(session) != nil else {
                return .failure(report.failure(at: placed.place))
            }
            let end = ContinuousClock.now + duration
            record.began = context.sinceStart
            if let watch, let before = record.before {
                let longest = (before.roundTrip ?? 0) + (effect.addedRoundTrip?.upperBound ?? 0)
                for _ in 0..<EffectProof.readings {
                    let during = try await watch.read(effect, longest: longest, budget: budget)
                    record.during = during
                    record.problem = EffectProof.problem(before: before, during: during, effect)
                    if record.problem == nil || ContinuousClock.now + duration * Self.share > end { break }
                }
            }
            try? await Task.sleep(until: end, clock: .continuous)
            record.ended = context.sinceStart
            await session.stop()
            try await report.readToEnd(session)
            record.take(report)
            guard report.isComplete else { return .failure(report.failure(at: placed.place)) }
            return .success(record)
        }
        await rendezvous.meet()
        switch held {
        case .failure(let failure): return .failure(failure)
        case .success(var record):
            if let watch, let before = record.before {
                let after = try await watch.read(effect, longest: before.roundTrip ?? 0, budget: budget)
                record.after = after
                record.problem =
                    record.problem ?? EffectProof.restored(before: before, after: after, effect)
            }
            return record.measurement()
        }
    }
}

extension TrialContext {
    /// Seconds since the trial began.
    var sinceStart: Double { (ContinuousClock.now - start) / .seconds(1) }
}

import Contract
import Experiments
import Testbed

/// What came of one turn: a trial of each variant of a batch, under the same conditions.
struct Turn: Sendable {
    let results: [Variant: Result<Measurement, TrialFailure>]
    let effects: [ConditionHold.Effect]

    private init(_ results: [Variant: Result<Measurement, TrialFailure>], _ effects: [ConditionHold.Effect] = []) {
        self.results = results
        self.effects = effects
    }

    /// Measures the variants of one batch at once; what fails is a result of each.
    init(
        of batch: [Variant], block: Int, runSeed: UInt64, _ experiment: any Experiment, _ testbed: any Testbed,
        _ signals: TrialSignals = TrialSignals()
    ) async {
        guard let first = batch.first else {
            self.init([:])
            return
        }
        let deadline = batch.map(experiment.deadline).max() ?? .zero
        let start = ContinuousClock.now
        let context = TrialContext(
            testbed: testbed,
            seed: TrialSeed.of(run: runSeed, block: block, turn: experiment.batch(of: first) ?? first.key),
            block: block,
            deadline: deadline,
            start: start,
            signals: signals
        )
        // The probes end themselves first; this is for a testbed that does not come back.
        let conditions = experiment.conditions(of: first)
        let patience = deadline + GracePeriods.turn + ConditionHold.longestAround(conditions)
        let hold = ConditionHold(testbed: testbed, deadline: patience, seed: context.seed, start: start)
        do {
            let held = try await withDeadline(patience) {
                try await hold.hold(conditions) {
                    if !experiment.isStanding { signals.holds() }
                    return await experiment.measure(batch: batch, in: context)
                }
            }
            if let held {
                self.init(held.value, held.effects)
            } else {
                self.init(Self.all(batch, TrialFailure(.timedOut, "it did not end within \(patience)")))
            }
        } catch {
            self.init(Self.all(batch, error as? TrialFailure ?? TrialFailure(.failed, "\(error)")))
        }
    }

    /// A turn that was not taken.
    init(nothingOf batch: [Variant]) {
        self.init(Self.all(batch, TrialFailure(.failed, "could not test")))
    }

    private static func all(
        _ batch: [Variant], _ failure: TrialFailure
    ) -> [Variant: Result<Measurement, TrialFailure>] {
        Dictionary(batch.map { ($0, .failure(failure)) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a trial of the variant came to.
    func result(of variant: Variant) -> Result<Measurement, TrialFailure> {
        results[variant] ?? .failure(TrialFailure(.failed, "the batch has no result of it"))
    }
}

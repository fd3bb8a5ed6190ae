import Contract
import Experiments
import Results

/// The trials that a resumed run has already: those are not run again, and count as if they had been.
struct EarlierTrials: Sendable {
    /// A trial that is there.
    struct Trial: Sendable {
        let outcome: TrialOutcome
        let measurement: Measurement
    }

    private struct Turn: Hashable {
        let block: Int
        let variant: String
    }

    private var trials: [Turn: Trial] = [:]

    /// None: a run that begins.
    init() {}

    /// What the store has of a run.
    init(of runID: String, in store: Store) throws(StoreError) {
        let samples = Dictionary(grouping: try store.samples(runID: runID), by: \.trialID)
        for trial in try store.trials(runID: runID) {
            trials[Turn(block: trial.block, variant: trial.variant)] = Trial(
                outcome: trial.outcome,
                measurement: Measurement(
                    samples: (samples[trial.id] ?? []).map {
                        Sample(metric: $0.metric, value: $0.value, censored: $0.censored)
                    })
            )
        }
    }

    /// How many there are.
    var count: Int { trials.count }

    /// The trial of a variant in a block; block 0 has those that could not be measured.
    func trial(of variant: Variant, block: Int) -> Trial? { trials[Turn(block: block, variant: variant.key)] }
}

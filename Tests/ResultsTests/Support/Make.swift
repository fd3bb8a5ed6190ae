import Contract
import Results

/// Records with sensible values, for tests that care about one or two of them.
enum Make {
    static let moment = Timestamp(millisecondsSinceEpoch: 1_795_560_000_123)

    static func run(
        id: String = SortableID.make(), name: String = "quickstart", labels: [String: String] = [:],
        outcome: RunOutcome = .running
    ) -> RunRecord {
        RunRecord(
            id: id, kind: "CNIPerformance", name: name, testbed: "local", seed: 42, startedAt: moment,
            outcome: outcome, toolVersion: "1.0.0", labels: labels
        )
    }

    static func trial(
        _ run: RunRecord, id: String = SortableID.make(), network: String = "bridge", test: String = "rr",
        block: Int = 0, position: Int = 0, outcome: TrialOutcome = .completed, reason: String? = nil
    ) -> TrialRecord {
        TrialRecord(
            id: id, runID: run.id, variant: "network=\(network) path=same-node test=\(test)",
            factors: ["network": network, "path": "same-node", "test": test], block: block, position: position,
            startedAt: moment, endedAt: Timestamp(millisecondsSinceEpoch: moment.millisecondsSinceEpoch + 250),
            outcome: outcome, reason: reason
        )
    }

    static func sample(_ trial: TrialRecord, _ metric: String, _ value: Double) -> SampleRecord {
        SampleRecord(trialID: trial.id, metric: metric, value: value)
    }

    static func ledgerEntry(_ name: String, runID: String? = nil) -> LedgerEntry {
        LedgerEntry(
            runID: runID, kind: "namespace", name: name, bootID: "b0", ownerPID: 4711, ownerStart: .max, at: moment
        )
    }
}

import Contract
import GRDB

extension Store {
    /// Adds a run; `duplicate` when its id exists.
    public func begin(_ run: RunRecord) throws(StoreError) {
        try write("begin the run", run.id) { database in
            try Inserts.run(run, into: database)
        }
    }

    /// Sets how and when a run ended; a resumed run may be finished again.
    public func finish(runID: String, outcome: RunOutcome, endedAt: Timestamp = .now()) throws(StoreError) {
        let operation = "finish the run"
        try write(operation, runID) { database in
            // A run that goes on after an interruption has no end.
            let end = outcome == .running ? nil : endedAt.description
            try database.execute(
                sql: "UPDATE runs SET outcome = ?, ended_at = ? WHERE id = ?",
                arguments: [outcome.rawValue, end, runID]
            )
            if database.changesCount == 0 {
                throw StoreError.noSuchRun(runID, operation)
            }
        }
    }

    /// Adds facts about where the run takes place; a fact with the same key is replaced.
    public func recordEnvironment(runID: String, _ facts: [String: String]) throws(StoreError) {
        try write("record the environment of the run", runID) { database in
            try Inserts.environment(facts, of: runID, into: database)
        }
    }

    /// Adds a trial that has ended with everything it measured: all of it, or (on an error) nothing.
    public func record(
        trial: TrialRecord,
        samples: [SampleRecord] = [],
        histograms: [HistogramRecord] = [],
        artifacts: [ArtifactRecord] = [],
        events: [EventRecord] = []
    ) throws(StoreError) {
        try record([
            RecordedTrial(trial, samples: samples, histograms: histograms, artifacts: artifacts, events: events)
        ])
    }

    /// Adds trials that ended together with everything they measured: all of it, or (on an error) nothing.
    public func record(_ trials: [RecordedTrial]) throws(StoreError) {
        for trial in trials { try Self.check(trial) }
        let object = trials.count == 1 ? trials[0].trial.id : "\(trials.count) trials"
        try write(Self.recording, object) { database in
            for trial in trials {
                try Inserts.trial(trial.trial, into: database)
                try Inserts.samples(trial.samples, into: database)
                try Inserts.histograms(trial.histograms, into: database)
                try Inserts.artifacts(trial.artifacts, into: database)
                for event in trial.events { try Inserts.event(event, into: database) }
            }
        }
    }

    private static let recording = "record the trial"

    /// Refuses what belongs to another trial, and what is no number.
    private static func check(_ recorded: RecordedTrial) throws(StoreError) {
        let id = recorded.trial.id
        let owners =
            recorded.samples.map(\.trialID) + recorded.histograms.map(\.trialID) + recorded.artifacts.map(\.trialID)
            + recorded.events.map { $0.trialID ?? "" }
        if let stranger = owners.first(where: { $0 != id }) {
            throw StoreError(
                code: .invalidRecord, operation: recording, object: id,
                reason: "a sample, histogram, artifact or event belongs to trial \(stranger)",
                nextStep: "Record each trial with its own measurements"
            )
        }
        if let sample = recorded.samples.first(where: { !$0.value.isFinite }) {
            throw StoreError(
                code: .invalidRecord, operation: recording, object: id,
                reason: "the sample of \(sample.metric) is \(sample.value), which is no number",
                nextStep: "A measurement without a result ends its trial as failed or invalid, with the reason"
            )
        }
    }

    /// Adds an event to its run.
    public func event(_ event: EventRecord) throws(StoreError) {
        try write("record the event \(event.name) of the run", event.runID) { database in
            try Inserts.event(event, into: database)
        }
    }

    /// Adds events that came together, in one transaction.
    public func events(_ events: [EventRecord]) throws(StoreError) {
        guard let first = events.first else { return }
        try write("record \(events.count) events of the run", first.runID) { database in
            for event in events { try Inserts.event(event, into: database) }
        }
    }

    /// Adds definitions of metrics, or updates those that exist; a changed unit is refused.
    public func define(metrics: [MetricRecord]) throws(StoreError) {
        try write("define", "\(metrics.count) metrics") { database in
            for metric in metrics {
                try Inserts.metric(metric, into: database)
            }
        }
    }

    /// Removes a run and its steps with everything that was measured in them.
    ///
    /// It is refused while things that one of them made are in the ledger.
    public func deleteRun(_ runID: String) throws(StoreError) {
        let operation = "delete the run"
        try write(operation, runID) { database in
            let family = try Self.family(of: runID, in: database)
            let open = try family.reduce(0) { $0 + (try Rows.ledgerCount(of: $1, in: database)) }
            guard open == 0 else {
                throw StoreError(
                    code: .stillInLedger, operation: operation, object: runID,
                    reason: "\(open) things that it made are still in the ledger",
                    nextStep: "End the run, or remove what it left with: netmachinery cleanup"
                )
            }
            guard !family.isEmpty else { throw StoreError.noSuchRun(runID, operation) }
            for member in family {
                try database.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [member])
            }
        }
    }

    /// The run, its steps, and theirs; UNION leaves out those that were seen, so that a circle ends.
    private static func family(of runID: String, in database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                WITH RECURSIVE family (id) AS (
                    SELECT id FROM runs WHERE id = ?
                    UNION SELECT runs.id FROM runs JOIN family ON runs.parent_id = family.id
                )
                SELECT id FROM family
                """,
            arguments: [runID]
        )
    }
}

extension StoreError {
    /// The error for an id that is not in `runs`.
    static func noSuchRun(_ runID: String, _ operation: String) -> StoreError {
        StoreError(
            code: .notFound, operation: operation, object: runID, reason: "no run has this id",
            nextStep: "netmachinery runs list shows the runs of this database"
        )
    }
}

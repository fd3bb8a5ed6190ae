import Contract
import GRDB

extension Store {
    /// The facts about where a run took place.
    public func environment(runID: String) throws(StoreError) -> [String: String] {
        try read("read the environment of the run", runID) { database in
            try Self.environment(of: runID, in: database)
        }
    }

    /// The trials of a run that have ended, by block and position.
    public func trials(runID: String) throws(StoreError) -> [TrialRecord] {
        try read("read the trials of the run", runID) { database in
            try Rows.trials(of: runID, in: database)
        }
    }

    /// The samples of a run, of one metric or all: by block and position, and in each trial as they were recorded.
    public func samples(runID: String, metric: String? = nil) throws(StoreError) -> [SampleRecord] {
        try read("read the samples of the run", runID) { database in
            try Self.samples(of: runID, metric: metric, in: database)
        }
    }

    /// The histograms of a run, in the order of `samples`; of one metric, or all.
    public func histograms(runID: String, metric: String? = nil) throws(StoreError) -> [HistogramRecord] {
        try read("read the histograms of the run", runID) { database in
            try Self.histograms(of: runID, metric: metric, in: database)
        }
    }

    /// The artifacts of a run, in the order of `samples`; of one trial, or all.
    public func artifacts(runID: String, trialID: String? = nil) throws(StoreError) -> [ArtifactRecord] {
        try read("read the artifacts of the run", runID) { database in
            try Self.artifacts(of: runID, trialID: trialID, in: database)
        }
    }

    /// The artifacts of one name that the trials of a run kept, in the order of `samples`.
    ///
    /// Others, which may be large, are not read.
    public func artifacts(runID: String, named name: String) throws(StoreError) -> [ArtifactRecord] {
        try read("read the artifacts \(name) of the run", runID) { database in
            try Self.artifacts(of: runID, where: "name", is: name, in: database)
        }
    }

    /// The events of a run, in the order in which they were recorded.
    public func events(runID: String) throws(StoreError) -> [EventRecord] {
        try read("read the events of the run", runID) { database in
            try Self.events(of: runID, in: database)
        }
    }

    /// All defined metrics, by name.
    public func metrics() throws(StoreError) -> [MetricRecord] {
        try read("read the metrics of", path) { database in
            try Self.metrics(in: database)
        }
    }

    static func environment(of runID: String, in database: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT key, value FROM environment WHERE run_id = ?", arguments: [runID]
        )
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
    }

    /// The part of a query that goes from the trials of one run, in order, to the rows measured in them.
    ///
    /// `CROSS JOIN` keeps SQLite from exchanging the tables: trials first, then their rows by the index.
    private static func measured(_ columns: String, from table: String, where condition: String) -> String {
        """
        SELECT \(columns) FROM trials CROSS JOIN \(table) ON \(table).trial_id = trials.id
        WHERE trials.run_id = ?1 AND (?2 IS NULL OR \(condition) = ?2)
        ORDER BY trials.block, trials.position, trials.id, \(table).rowid
        """
    }

    static func samples(of runID: String, metric: String?, in database: Database) throws -> [SampleRecord] {
        let rows = try Row.fetchCursor(
            database, sql: measured("trial_id, metric, value, censored", from: "samples", where: "metric"),
            arguments: [runID, metric]
        )
        var samples: [SampleRecord] = []
        while let row = try rows.next() {
            samples.append(SampleRecord(trialID: row[0], metric: row[1], value: row[2], censored: row[3]))
        }
        return samples
    }

    static func histograms(of runID: String, metric: String?, in database: Database) throws -> [HistogramRecord] {
        try Row.fetchAll(
            database, sql: measured("trial_id, metric, data", from: "histograms", where: "metric"),
            arguments: [runID, metric]
        )
        .map { HistogramRecord(trialID: $0[0], metric: $0[1], data: $0[2]) }
    }

    static func artifacts(of runID: String, trialID: String?, in database: Database) throws -> [ArtifactRecord] {
        try artifacts(of: runID, where: "trial_id", is: trialID, in: database)
    }

    private static func artifacts(
        of runID: String, where column: String, is value: String?, in database: Database
    ) throws -> [ArtifactRecord] {
        try Row.fetchAll(
            database, sql: measured("trial_id, name, media_type, data", from: "artifacts", where: column),
            arguments: [runID, value]
        )
        .map { ArtifactRecord(trialID: $0[0], name: $0[1], mediaType: $0[2], data: $0[3]) }
    }

    static func events(of runID: String, in database: Database) throws -> [EventRecord] {
        try Row.fetchAll(database, sql: "SELECT * FROM events WHERE run_id = ? ORDER BY id", arguments: [runID])
            .map { row in
                EventRecord(
                    runID: row["run_id"], trialID: row["trial_id"],
                    at: try Rows.timestamp(row["at"], "at", row), name: row["name"], detail: row["detail"]
                )
            }
    }

    static func metrics(in database: Database) throws -> [MetricRecord] {
        try Row.fetchAll(database, sql: "SELECT *, name AS id FROM metrics ORDER BY name").map { row in
            // A database of the first version, opened for reading, has no identities; the catalogues know them.
            let subject: String? = row["subject"]
            return MetricRecord(
                name: row["name"],
                id: subject.map {
                    MetricID($0, of: row["operation"], at: row["position"], percentile: row["percentile"])
                },
                unit: row["unit"],
                better: try Rows.value(Direction(rawValue: row["better"]), "better", row),
                description: row["description"], minimumRelevantChange: row["minimum_relevant_change"],
                judged: row["judged"]
            )
        }
    }
}

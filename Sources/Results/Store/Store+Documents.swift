import Contract
import GRDB

extension Store {
    /// The whole run as one JSON document, without its ledger, which belongs to this machine.
    public func export(runID: String) throws(StoreError) -> String {
        let operation = "export the run"
        return try read(operation, runID) { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM runs WHERE id = ?", arguments: [runID])
            else {
                throw StoreError.noSuchRun(runID, operation)
            }
            let samples = try Self.samples(of: runID, metric: nil, in: database)
            let histograms = try Self.histograms(of: runID, metric: nil, in: database)
            let artifacts = try Self.artifacts(of: runID, trialID: nil, in: database)
            let samplesByTrial = Dictionary(grouping: samples, by: \.trialID)
            let histogramsByTrial = Dictionary(grouping: histograms, by: \.trialID)
            let artifactsByTrial = Dictionary(grouping: artifacts, by: \.trialID)
            let used = Set(samples.map(\.metric)).union(histograms.map(\.metric))
            let document = RunDocument(
                run: try Rows.run(row),
                environment: try Self.environment(of: runID, in: database),
                metrics: try Self.metrics(in: database).filter { used.contains($0.name) },
                trials: try Rows.trials(of: runID, in: database).map { trial in
                    RunDocument.Trial(
                        trial: trial,
                        samples: samplesByTrial[trial.id] ?? [],
                        histograms: histogramsByTrial[trial.id] ?? [],
                        artifacts: artifactsByTrial[trial.id] ?? []
                    )
                },
                events: try Self.events(of: runID, in: database)
            )
            return try document.json()
        }
    }

    /// Adds a run from an exported document, all of it or nothing, and returns its id.
    ///
    /// Throws `duplicate` when the run is here already, `invalidDocument` with the place when the document is wrong.
    /// A metric that is defined here keeps its definition; one with another unit is refused.
    @discardableResult
    public func importRun(_ json: String) throws(StoreError) -> String {
        try importRun(RunDocument(json: json))
    }

    /// Adds a run from a document that was read, all of it or nothing, and returns its id.
    @discardableResult
    public func importRun(_ document: RunDocument) throws(StoreError) -> String {
        let run = document.run
        try write("import the run", run.id) { database in
            try Self.refuseDuplicates(of: document, in: database)
            do {
                try Self.insert(document, into: database)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw RunDocument.refusal(
                    "a value breaks a rule of the schema: \(error.message ?? "unknown")",
                    "docs/results.md lists what each column may hold"
                )
            }
        }
        return run.id
    }

    private static func refuseDuplicates(of document: RunDocument, in database: Database) throws {
        let runID = document.run.id
        if try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [runID])
            == true
        {
            throw StoreError(
                code: .duplicate, operation: "import the run", object: runID,
                reason: "the run is in the database already",
                nextStep: "To replace it, first: netmachinery runs delete \(runID)"
            )
        }
        for part in document.trials {
            let owner = try String.fetchOne(
                database, sql: "SELECT run_id FROM trials WHERE id = ?", arguments: [part.trial.id]
            )
            if let owner {
                throw StoreError(
                    code: .duplicate, operation: "import the run", object: runID,
                    reason: "its trial \(part.trial.id) is in the database already, as part of the run \(owner)",
                    nextStep: "The document was changed by hand; export the run again"
                )
            }
        }
    }

    private static func insert(_ document: RunDocument, into database: Database) throws {
        let defined = Dictionary(uniqueKeysWithValues: try metrics(in: database).map { ($0.name, $0) })
        for metric in document.metrics {
            var metric = metric
            if let known = defined[metric.name], known.unit == metric.unit {
                metric = known
            }
            try Inserts.metric(metric, into: database)
        }
        try Inserts.run(document.run, into: database)
        try Inserts.environment(document.environment, of: document.run.id, into: database)
        for part in document.trials {
            try Inserts.trial(part.trial, into: database)
            try Inserts.samples(part.samples, into: database)
            try Inserts.histograms(part.histograms, into: database)
            try Inserts.artifacts(part.artifacts, into: database)
        }
        for event in document.events {
            try Inserts.event(event, into: database)
        }
    }
}

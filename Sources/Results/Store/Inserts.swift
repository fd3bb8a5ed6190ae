import Contract
import GRDB

/// The statements that add rows, shared by live runs and by imports.
enum Inserts {
    static func run(_ run: RunRecord, into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO runs (id, kind, name, testbed, seed, started_at, ended_at, outcome, resource, design,
                    tool_version, labels, parent_id, step)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run.id, run.kind.withoutNull, run.name.withoutNull, run.testbed.withoutNull, String(run.seed),
                run.startedAt.description, run.endedAt?.description, run.outcome.rawValue, run.resource.withoutNull,
                run.design.withoutNull, run.toolVersion.withoutNull,
                try JSONText.encode(run.labels), run.parent?.id.withoutNull, run.parent?.step.withoutNull,
            ]
        )
    }

    static func environment(_ facts: [String: String], of runID: String, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO environment (run_id, key, value) VALUES (?, ?, ?)
                ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value
                """
        )
        for (key, value) in facts {
            try statement.execute(arguments: [runID, key.withoutNull, value.withoutNull])
        }
    }

    static func trial(_ trial: TrialRecord, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO trials (id, run_id, variant, factors, block, position, started_at, ended_at, outcome,
                    reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            trial.id, trial.runID, trial.variant.withoutNull, try JSONText.encode(trial.factors), trial.block,
            trial.position,
            trial.startedAt.description, trial.endedAt.description, trial.outcome.rawValue, trial.reason?.withoutNull,
        ])
    }

    static func samples(_ samples: [SampleRecord], into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO samples (trial_id, metric, value, censored) VALUES (?, ?, ?, ?)"
        )
        for sample in samples {
            try statement.execute(arguments: [sample.trialID, sample.metric, sample.value, sample.censored])
        }
    }

    static func histograms(_ histograms: [HistogramRecord], into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO histograms (trial_id, metric, data) VALUES (?, ?, ?)"
        )
        for histogram in histograms {
            try statement.execute(arguments: [histogram.trialID, histogram.metric, histogram.data])
        }
    }

    static func artifacts(_ artifacts: [ArtifactRecord], into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO artifacts (trial_id, name, media_type, data) VALUES (?, ?, ?, ?)"
        )
        for artifact in artifacts {
            try statement.execute(arguments: [
                artifact.trialID, artifact.name.withoutNull, artifact.mediaType.withoutNull, artifact.data.withoutNull,
            ])
        }
    }

    static func event(_ event: EventRecord, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO events (run_id, trial_id, at, name, detail) VALUES (?, ?, ?, ?, ?)"
        )
        try statement.execute(arguments: [
            event.runID, event.trialID, event.at.description, event.name.withoutNull, event.detail.withoutNull,
        ])
    }

    /// Adds or updates a definition; a changed unit would change the meaning of numbers that are stored already.
    static func metric(_ metric: MetricRecord, into database: Database) throws {
        let stored = try String.fetchOne(
            database, sql: "SELECT unit FROM metrics WHERE name = ?", arguments: [metric.name]
        )
        if let stored, stored != metric.unit {
            throw StoreError(
                code: .invalidRecord, operation: "define the metric", object: metric.name,
                reason: "the database holds it in \(stored), not in \(metric.unit)",
                nextStep: "Give the metric with the other unit another name, or use another database"
            )
        }
        try database.execute(
            sql: """
                INSERT INTO metrics (name, unit, better, description, minimum_relevant_change, judged)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET better = excluded.better, description = excluded.description,
                    minimum_relevant_change = excluded.minimum_relevant_change, judged = excluded.judged
                """,
            arguments: [
                metric.name, metric.unit, metric.better.rawValue, metric.description.withoutNull,
                metric.minimumRelevantChange,
                metric.judged,
            ]
        )
        try identity(metric.id, of: metric.name, into: database)
    }

    /// Says what a metric that is defined measures.
    static func identity(_ id: MetricID, of name: String, into database: Database) throws {
        try database.execute(
            sql: "UPDATE metrics SET subject = ?, operation = ?, position = ?, percentile = ? WHERE name = ?",
            arguments: [
                id.subject.withoutNull, id.operation?.withoutNull, id.position?.withoutNull, id.percentile, name,
            ]
        )
    }
}

extension String {
    /// The text with U+FFFD for every U+0000, at which SQLite's text functions, its shell and GRDB would end it.
    fileprivate var withoutNull: String {
        // By scalars: a NUL with a combining mark behind it is not the Character "\0".
        guard utf8.contains(0) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
}

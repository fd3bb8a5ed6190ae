/// The first version of the schema, as it shipped.
enum SchemaVersion1 {
    static let sql = tables + indexes + view

    private static let tables = """
        CREATE TABLE runs (
            id TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^A-Za-z0-9._-]*'),
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            testbed TEXT NOT NULL,
            seed TEXT NOT NULL CHECK (length(seed) > 0 AND seed NOT GLOB '*[^0-9]*'),
            started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
            ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.???Z'),
            outcome TEXT NOT NULL
                CHECK (outcome IN ('running', 'completed', 'interrupted', 'failed', 'trialsFailed')),
            resource TEXT NOT NULL CONSTRAINT resource_is_json CHECK (json_valid(resource)),
            design TEXT NOT NULL CONSTRAINT design_is_json CHECK (json_valid(design)),
            tool_version TEXT NOT NULL,
            labels TEXT NOT NULL CONSTRAINT labels_are_json CHECK (json_valid(labels))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE environment (
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (run_id, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE trials (
            id TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^A-Za-z0-9._-]*'),
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            variant TEXT NOT NULL,
            factors TEXT NOT NULL CONSTRAINT factors_are_json CHECK (json_valid(factors)),
            block INTEGER NOT NULL CHECK (block >= 0),
            position INTEGER NOT NULL CHECK (position >= 0),
            started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
            ended_at TEXT NOT NULL CHECK (ended_at GLOB '????-??-??T??:??:??.???Z'),
            outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'failed', 'timedOut', 'skipped', 'invalid')),
            reason TEXT,
            CONSTRAINT reason_unless_completed CHECK (outcome = 'completed' OR ifnull(length(reason), 0) > 0)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE metrics (
            name TEXT PRIMARY KEY NOT NULL,
            unit TEXT NOT NULL,
            better TEXT NOT NULL CHECK (better IN ('higher', 'lower', 'neither')),
            description TEXT NOT NULL,
            minimum_relevant_change REAL NOT NULL CHECK (minimum_relevant_change >= 0),
            judged INTEGER NOT NULL CHECK (judged IN (0, 1))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE samples (
            trial_id TEXT NOT NULL REFERENCES trials (id) ON DELETE CASCADE,
            metric TEXT NOT NULL,
            value REAL NOT NULL CONSTRAINT value_is_finite CHECK (abs(value) <= 1.7976931348623157e308),
            censored INTEGER NOT NULL CHECK (censored IN (0, 1))
        ) STRICT;

        CREATE TABLE histograms (
            trial_id TEXT NOT NULL REFERENCES trials (id) ON DELETE CASCADE,
            metric TEXT NOT NULL,
            data TEXT NOT NULL CONSTRAINT histogram_is_json CHECK (json_valid(data))
        ) STRICT;

        CREATE TABLE artifacts (
            trial_id TEXT NOT NULL REFERENCES trials (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            data TEXT NOT NULL
        ) STRICT;

        CREATE TABLE events (
            id INTEGER PRIMARY KEY,
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            trial_id TEXT,
            at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
            name TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT;

        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id TEXT,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            detail TEXT NOT NULL CONSTRAINT detail_is_json CHECK (json_valid(detail)),
            boot_id TEXT NOT NULL,
            owner_pid INTEGER NOT NULL,
            owner_start TEXT NOT NULL CHECK (length(owner_start) > 0 AND owner_start NOT GLOB '*[^0-9]*'),
            at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
        ) STRICT;

        """

    private static let indexes = """
        CREATE INDEX trials_by_run ON trials (run_id, block, position);
        CREATE INDEX samples_by_trial ON samples (trial_id, metric);
        CREATE INDEX histograms_by_trial ON histograms (trial_id, metric);
        CREATE INDEX artifacts_by_trial ON artifacts (trial_id, name);
        CREATE INDEX events_by_run ON events (run_id, id);
        CREATE INDEX ledger_by_run ON ledger (run_id);

        """

    private static let view = """
        CREATE VIEW sample_facts AS
        SELECT
            runs.id AS run_id,
            runs.name AS run_name,
            runs.kind AS kind,
            runs.testbed AS testbed,
            runs.started_at AS run_started_at,
            runs.outcome AS run_outcome,
            runs.tool_version AS tool_version,
            runs.labels AS labels,
            trials.id AS trial_id,
            trials.variant AS variant,
            json_extract(trials.factors, '$.network') AS network,
            json_extract(trials.factors, '$.path') AS path,
            json_extract(trials.factors, '$.test') AS test,
            trials.factors AS factors,
            trials.block AS block,
            trials.position AS position,
            trials.started_at AS trial_started_at,
            trials.outcome AS trial_outcome,
            trials.reason AS reason,
            samples.metric AS metric,
            samples.value AS value,
            samples.censored AS censored,
            metrics.unit AS unit,
            metrics.better AS better
        FROM samples
        JOIN trials ON trials.id = samples.trial_id
        JOIN runs ON runs.id = trials.run_id
        LEFT JOIN metrics ON metrics.name = samples.metric;

        """
}

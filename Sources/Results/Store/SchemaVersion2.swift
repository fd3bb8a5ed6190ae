/// The second version of the schema: what a metric measures beside its name, and every factor in the view.
enum SchemaVersion2 {
    static let columns = """
        ALTER TABLE metrics ADD COLUMN subject TEXT NOT NULL DEFAULT '';
        ALTER TABLE metrics ADD COLUMN operation TEXT;
        ALTER TABLE metrics ADD COLUMN position TEXT;
        ALTER TABLE metrics ADD COLUMN percentile REAL CHECK (percentile >= 0 AND percentile <= 100);

        """

    static let views = SampleFacts.sql(factors: factors) + trialFactors

    /// The factors of all kinds of this version.
    static let factors = [
        "network", "path", "test", "family", "message_size", "operation", "pods", "concurrency", "proxy", "services",
        "endpoints",
    ]

    private static let trialFactors = """
        CREATE VIEW trial_factors AS
        SELECT trials.run_id AS run_id, trials.id AS trial_id, entry.key AS factor, entry.value AS level
        FROM trials JOIN json_each(trials.factors) AS entry;

        """
}

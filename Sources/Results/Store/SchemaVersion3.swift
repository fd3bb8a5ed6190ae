/// The third version of the schema: a run may be a step of another, and trials have conditions.
enum SchemaVersion3 {
    // No foreign key: a step can be exported, and imported where its parent is not.
    static let columns = """
        ALTER TABLE runs ADD COLUMN parent_id TEXT;
        ALTER TABLE runs ADD COLUMN step TEXT;
        CREATE INDEX runs_by_parent ON runs (parent_id) WHERE parent_id IS NOT NULL;

        """

    static let views = SampleFacts.sql(factors: factors)

    /// The factors of all kinds of this version.
    static let factors = SchemaVersion2.factors + ["condition"]
}

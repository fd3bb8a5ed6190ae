import Contract

/// The fourth version of the schema: who reaches whom has factors, and what held when is a view.
enum SchemaVersion4 {
    static let views = SampleFacts.sql(factors: factors) + spans

    /// The factors of all kinds of this version.
    private static let factors = SchemaVersion3.factors + ["source", "destination", "check"]

    private static let spans = """
        CREATE VIEW spans AS
        SELECT
            events.run_id AS run_id,
            events.trial_id AS trial_id,
            trials.variant AS variant,
            trials.started_at AS trial_started_at,
            json_extract(events.detail, '$.role') AS role,
            json_extract(events.detail, '$.name') AS name,
            json_extract(events.detail, '$.place') AS place,
            json_extract(events.detail, '$.start') AS started,
            json_extract(events.detail, '$.end') AS ended,
            json_extract(events.detail, '$.detail') AS detail
        FROM events
        JOIN trials ON trials.id = events.trial_id
        WHERE events.name = '\(Span.name)' AND json_valid(events.detail);

        """
}

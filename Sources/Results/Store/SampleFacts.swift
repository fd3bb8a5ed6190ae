/// The view `sample_facts`, which people query: a row a sample, a column a factor.
///
/// A migration that makes it again with one more factor is all that a new factor takes.
enum SampleFacts {
    static func sql(factors: [String]) -> String {
        let columns = factors.map { #"json_extract(trials.factors, '$.\#($0)') AS "\#($0)","# }
            .joined(separator: "\n    ")
        return """
            DROP VIEW IF EXISTS sample_facts;
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
                \(columns)
                trials.factors AS factors,
                trials.block AS block,
                trials.position AS position,
                trials.started_at AS trial_started_at,
                trials.outcome AS trial_outcome,
                trials.reason AS reason,
                samples.metric AS metric,
                metrics.subject AS metric_subject,
                metrics.operation AS metric_operation,
                metrics.position AS metric_position,
                metrics.percentile AS metric_percentile,
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
}

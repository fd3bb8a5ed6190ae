import Contract
import Results
import Statistics

/// One line a sample; a trial without samples has one line, with its reason.
enum CSVReport {
    static func document(_ runs: [RunData]) -> String {
        let factors = Set(runs.flatMap { $0.trials.flatMap(\.factors.keys) }).sorted()
        let header =
            ["run", "kind", "name", "trial", "variant"] + factors.map { "factor." + $0 }
            + ["block", "position", "outcome", "reason", "metric", "unit", "value", "censored"]
        var lines = [line(header)]
        for run in runs {
            let units = Dictionary(run.metrics.map { ($0.name, $0.unit) }, uniquingKeysWith: { first, _ in first })
            for trial in run.trials {
                let start =
                    [run.id, run.kind, run.name, trial.id, trial.variant] + factors.map { trial.factors[$0] ?? "" }
                    + ["\(trial.block)", "\(trial.position)", trial.outcome.rawValue, trial.reason ?? ""]
                if trial.samples.isEmpty { lines.append(line(start + ["", "", "", ""])) }
                for (metric, samples) in trial.samples.sorted(by: { $0.key < $1.key }) {
                    for sample in samples {
                        let end = [metric, units[metric] ?? "", "\(sample.value)", sample.censored ? "1" : "0"]
                        lines.append(line(start + end))
                    }
                }
            }
        }
        return lines.joined()
    }

    // RFC 4180 ends every record with CR LF.
    private static func line(_ fields: [String]) -> String {
        fields.map(Escape.csv).joined(separator: ",") + "\r\n"
    }
}

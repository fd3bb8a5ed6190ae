import Results
import Statistics

/// Medians and intervals in the OpenMetrics 1.0 text format.
enum OpenMetricsReport {
    static func document(_ models: [ReportModel]) -> String {
        var names: [String] = []
        var metrics: [String: Metric] = [:]
        for metric in models.flatMap(\.metrics) where metrics[metric.name] == nil {
            metrics[metric.name] = metric
            names.append(metric.name)
        }
        var lines: [String] = []
        // A family's lines must stand together, hence the runs within the metrics.
        for name in names {
            guard let metric = metrics[name] else { continue }
            lines += family(metric, models: models)
        }
        lines += trials(models)
        return lines.joined(separator: "\n") + "\n# EOF\n"
    }

    private static func family(_ metric: Metric, models: [ReportModel]) -> [String] {
        let unit = unitName(metric.unit)
        let stem = "netmachinery_" + identifier(metric.name)
        let name = unit.isEmpty || stem.hasSuffix("_" + unit) ? stem : stem + "_" + unit
        var lines = ["# TYPE \(name) gauge"]
        if !unit.isEmpty { lines.append("# UNIT \(name) \(unit)") }
        lines.append("# HELP \(name) \(Escape.openMetrics(metric.description))")
        for model in models {
            for cell in model.cells where cell.metric.name == metric.name {
                let statistics = [
                    ("median", cell.median), ("lower", cell.interval?.lower), ("upper", cell.interval?.upper),
                ]
                for (statistic, value) in statistics {
                    guard let value else { continue }
                    let labels = labels(of: cell, model: model) + [("statistic", statistic)]
                    lines.append("\(name){\(text(labels))} \(number(value))")
                }
            }
        }
        return lines
    }

    private static func trials(_ models: [ReportModel]) -> [String] {
        var lines = ["# TYPE netmachinery_trials gauge", "# HELP netmachinery_trials Trials of a run by outcome."]
        for model in models {
            let counts = Dictionary(grouping: model.run.trials, by: \.outcome).mapValues(\.count)
            for outcome in TrialOutcome.allCases {
                let labels = identity(model.run) + [("outcome", outcome.rawValue)]
                lines.append("netmachinery_trials{\(text(labels))} \(counts[outcome] ?? 0)")
            }
        }
        return lines
    }

    private static func identity(_ run: RunData) -> [(String, String)] {
        [("run", run.id), ("kind", run.kind), ("resource", run.name)]
    }

    private static func labels(of cell: Cell, model: ReportModel) -> [(String, String)] {
        var factors = cell.facet.levels
        factors[model.layout.compared] = cell.level
        if let panel = model.layout.panelFactor { factors[panel] = cell.panel }
        let reserved = ["run", "kind", "resource", "statistic"]
        return identity(model.run)
            + factors.sorted { $0.key < $1.key }.map { name, level in
                let label = identifier(name)
                return (reserved.contains(label) ? "factor_" + label : label, level)
            }
    }

    private static func text(_ labels: [(String, String)]) -> String {
        labels.map { "\($0.0)=\"\(Escape.openMetrics($0.1))\"" }.joined(separator: ",")
    }

    private static func number(_ value: Double) -> String {
        value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : "\(value)"
    }

    /// A name of letters, digits and underscores that does not start with a digit.
    static func identifier(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            result.unicodeScalars.append(isPlain ? scalar : "_")
        }
        return result.first.map { $0.isNumber } ?? true ? "_" + result : result
    }

    /// A unit in words, as the format asks for: `bit/s` is `bits_per_second`.
    static func unitName(_ unit: String) -> String {
        let words = [
            "s": "seconds", "bit": "bits", "B": "bytes", "1": "", "count": "", "ratio": "ratio", "GiB": "gibibyte",
            "1000": "thousand",
        ]
        let parts = unit.split(separator: "/", maxSplits: 1).map(String.init)
        guard let head = parts.first else { return "" }
        let first = words[head] ?? identifier(head)
        guard parts.count == 2 else { return first }
        let last = parts[1] == "s" ? "second" : words[parts[1]] ?? identifier(parts[1])
        return first.isEmpty ? "per_" + last : first + "_per_" + last
    }
}

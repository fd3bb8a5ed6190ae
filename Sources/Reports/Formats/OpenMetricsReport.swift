import Contract
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
        var families: Set = ["netmachinery_trials"]
        // A family's lines must stand together, hence the runs within the metrics.
        for name in names {
            guard let metric = metrics[name] else { continue }
            lines += family(metric, named: self.name(of: metric, in: &families), models: models)
        }
        lines += trials(models)
        // The format asks for this last line: without it, a text counts as cut off.
        return lines.joined(separator: "\n") + "\n# EOF\n"
    }

    /// The name, whose ending has to be the unit.
    private static func name(of metric: Metric, in taken: inout Set<String>) -> String {
        let unit = unitName(metric.unit)
        let stem = "netmachinery_" + identifier(metric.name)
        guard !unit.isEmpty else { return unused(stem, in: &taken) }
        let base = stem.hasSuffix("_" + unit) ? String(stem.dropLast(unit.count + 1)) : stem
        return unused(base, ending: "_" + unit, in: &taken)
    }

    /// Names of the store may become the same when all but letters and digits are taken from them; a family or a label
    /// that is there twice would make the whole text invalid.
    private static func unused(_ name: String, ending: String = "", in taken: inout Set<String>) -> String {
        var candidate = name + ending
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)_\(number)\(ending)"
            number += 1
        }
        return candidate
    }

    private static func family(_ metric: Metric, named name: String, models: [ReportModel]) -> [String] {
        let unit = unitName(metric.unit)
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
        let factors = model.layout.factors(facet: cell.facet, panel: cell.panel, level: cell.level)
        let identity = identity(model.run)
        let reserved = Set(identity.map(\.0) + ["statistic"])
        var taken = reserved
        return identity
            + factors.sorted { $0.key < $1.key }.map { name, level in
                let label = identifier(name)
                // Those that begin with two underscores belong to Prometheus itself.
                let isReserved = reserved.contains(label) || label.hasPrefix("__")
                return (unused(isReserved ? "factor_" + label : label, in: &taken), level)
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

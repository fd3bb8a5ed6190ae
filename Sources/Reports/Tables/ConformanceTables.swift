import Contract

/// What networks do against what the specification says, as tables.
enum ConformanceTables {
    /// One row a check, one column a network: levels of the compared factor first, in design order, then others as met.
    static func matrix(_ model: ReportModel) -> ReportTable {
        let networks = networks(model)
        let places = Dictionary(grouping: model.conformance) { [$0.check, $0.network] }
        var seen = Set<String>()
        let checks = model.conformance.map(\.check).filter { seen.insert($0).inserted }
        return ReportTable(
            header: ["Check"] + networks,
            rows: checks.map { check in
                [.init(check)] + networks.map { cell(places[[check, $0]] ?? []) }
            },
            names: 1 + networks.count
        )
    }

    /// The words of every deviation: one row for each that differs from the rest.
    static func deviations(_ model: ReportModel) -> ReportTable {
        var seen = Set<[String]>()
        let deviations = model.conformance.filter { finding in
            finding.verdict == .deviates
                && seen.insert([finding.check, finding.network, finding.expected, finding.found]).inserted
        }
        return ReportTable(
            header: ["Check", Wording.title(model.layout.levelWord), "Expected", "Found"],
            rows: deviations.map { finding in
                [.init(finding.check), .init(finding.network), words(finding.expected), words(finding.found)]
            },
            names: 4
        )
    }

    /// How many checks each verdict has, in words.
    static func summary(_ model: ReportModel) -> String {
        let rows = matrix(model).rows.flatMap { $0.dropFirst() }
        let counts = ConformanceFinding.Verdict.allCases.map { verdict in
            "\(rows.count { $0.conformance == verdict }) \(verdict.rawValue)"
        }
        let missing = rows.count { $0.conformance == nil }
        return counts.joined(separator: ", ") + (missing > 0 ? ", \(missing) not checked." : ".")
    }

    /// One deviation makes the cell one, however often the check was passed.
    private static func cell(_ findings: [ConformanceFinding]) -> ReportTable.Cell {
        guard !findings.isEmpty else { return .init("not checked", isMissing: true) }
        let order: [ConformanceFinding.Verdict] = [.deviates, .conforms, .notApplicable]
        let verdict = order.first { verdict in findings.contains { $0.verdict == verdict } }
        let count = findings.count { $0.verdict == verdict }
        var cell = ReportTable.Cell("", detail: count < findings.count ? "\(count) of \(findings.count) times" : "")
        cell.conformance = verdict
        return cell
    }

    private static func words(_ text: String) -> ReportTable.Cell {
        text.isEmpty ? .init("not recorded", isMissing: true) : .init(text)
    }

    private static func networks(_ model: ReportModel) -> [String] {
        let found = Set(model.conformance.map(\.network))
        var seen = Set<String>()
        return (model.layout.levels.filter(found.contains) + model.conformance.map(\.network))
            .filter { seen.insert($0).inserted }
    }
}

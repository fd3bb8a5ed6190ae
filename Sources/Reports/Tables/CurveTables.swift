import Contract
import Statistics

/// How metrics grow and where curves cross, as tables.
enum CurveTables {
    /// How each curve grows.
    static func growth(_ model: ReportModel, _ sets: [CurveSet]) -> ReportTable {
        byLevel(model, sets) { curve, _ in cell(curve) }
    }

    /// One row a metric, facet and panel, one column a level of the compared factor; what a cell says of a curve and its metric.
    static func byLevel(
        _ model: ReportModel, _ sets: [CurveSet], cell: (Curve?, Metric) -> ReportTable.Cell
    ) -> ReportTable {
        let levels = model.layout.levels.filter { level in
            sets.contains { $0.curves.contains { $0.level == level } }
        }
        let header = questionHeader(model)
        return ReportTable(
            header: header + levels,
            rows: sets.map { set in
                question(set, model: model)
                    + levels.map { level in cell(set.curves.first { $0.level == level }, set.metric) }
            },
            names: header.count
        )
    }

    /// One row a crossing, and one for the pairs that do not cross.
    static func crossovers(_ model: ReportModel) -> ReportTable {
        guard let scale = model.layout.scale else { return ReportTable(header: [], rows: [], names: 0) }
        let header = questionHeader(model) + ["Pair", "Crosses at", "Before", "After"]
        var rows: [[ReportTable.Cell]] = []
        for set in model.curveSets where !set.pairs.isEmpty {
            let question = question(set, model: model)
            for pair in set.pairs {
                for crossover in pair.crossovers where crossover.isClear {
                    rows.append(question + row(pair, crossover, metric: set.metric, scale: scale))
                }
                if let noise = noise(pair, scale: scale) { rows.append(question + noise) }
            }
            if let others = pairsApart(set) {
                rows.append(question + [.init(others), .init("no crossing"), .init(""), .init("")])
            }
        }
        return ReportTable(header: header, rows: rows, names: header.count)
    }

    /// Crossings that are not clear, in one row: what each of them claims is no finding.
    private static func noise(_ pair: CurveSet.Pair, scale: FactorScale) -> [ReportTable.Cell]? {
        let places = pair.crossovers.filter { !$0.isClear }.map { scale.text($0.x) }
        guard !places.isEmpty else { return nil }
        let shown = places.prefix(4).joined(separator: ", ") + (places.count > 4 ? ", …" : "")
        return [
            .init(name(pair)), .init("within the noise", detail: "at \(scale.factor) \(shown)"), .init(""), .init(""),
        ]
    }

    private static func name(_ pair: CurveSet.Pair) -> String { "\(pair.first) · \(pair.second)" }

    /// The pairs that do not cross, in words; nil when all do.
    private static func pairsApart(_ set: CurveSet) -> String? {
        let apart = set.pairs.filter(\.crossovers.isEmpty)
        guard let only = apart.first else { return nil }
        if apart.count == 1 { return name(only) }
        return apart.count == set.pairs.count ? "all \(apart.count) pairs" : "the other \(apart.count) pairs"
    }

    /// Whether any curves cross.
    static func hasCrossovers(_ model: ReportModel) -> Bool {
        model.curveSets.contains { $0.pairs.contains { !$0.crossovers.isEmpty } }
    }

    /// What stands in place of the table of crossovers.
    static func noCrossovers(_ model: ReportModel) -> String {
        model.curveSets.contains { !$0.pairs.isEmpty }
            ? "No two curves cross between the sizes that were measured." : "There are no two curves that could cross."
    }

    /// How to read the table of growth.
    static func growthMethod(_ model: ReportModel) -> String {
        let name = model.layout.scale?.factor ?? "the size"
        return """
            Growth: the exponent b of y = a·x^b, where x is \(name), by least squares on the logarithms of the medians, with \
            its 95 % bootstrap interval over the trials. The word says where the interval lies: constant, linear and \
            quadratic are within 0.1 of 0, 1 and 2; two words are where it begins and where it ends. Fit: how far the \
            worst median is off; far off, no power law describes the curve.
            """
    }

    /// How to read the table of crossovers.
    static let crossoverMethod = """
        Crossovers: where the straight lines between medians cross on the axes of the picture, with the 95 % bootstrap \
        interval; within the noise means that the curves are not apart both before and after.
        """

    /// The words for where an exponent's interval lies: `linear`, or `constant to linear`.
    static func words(_ growth: Growth) -> String? {
        growth.shapes.isEmpty ? nil : growth.shapes.map(\.rawValue).joined(separator: " to ")
    }

    private static func cell(_ curve: Curve?) -> ReportTable.Cell {
        guard let curve else { return .init("no data", isMissing: true) }
        guard let growth = curve.growth else {
            return .init("unknown", detail: "fewer than 2 sizes with values above 0", isMissing: true)
        }
        let exponent = "b = " + signed(growth.exponent)
        let fit =
            growth.departure < 1.245
            ? "fit ±\(NumberText.fixed((growth.departure - 1) * 100, decimals: 0)) %"
            : "fit off ×\(NumberText.significant(growth.departure, digits: 2))"
        let sizes = growth.sizes < curve.points.count ? ", \(growth.sizes) of \(curve.points.count) sizes" : ""
        guard let words = words(growth), let interval = growth.interval else {
            return .init("no interval", detail: "\(exponent), a size has a single trial\(sizes)", isMissing: true)
        }
        return .init(
            words, detail: "\(exponent), \(signed(interval.lower)) to \(signed(interval.upper)); \(fit)\(sizes)"
        )
    }

    private static func row(
        _ pair: CurveSet.Pair, _ crossover: Crossover, metric: Metric, scale: FactorScale
    ) -> [ReportTable.Cell] {
        var details = [crossover.interval.map(scale.text) ?? "no interval"]
        if crossover.isAcrossGap { details.append("sizes between are missing") }
        // Of two curves that cross, the one that is lower before is higher after.
        let isFirstBefore = crossover.isFirstLowerBefore == (metric.better != .higher)
        let word = metric.better == .neither ? "lower" : "better"
        let names = isFirstBefore ? [pair.first, pair.second] : [pair.second, pair.first]
        return [
            .init(name(pair)),
            .init("\(scale.factor) \(scale.text(crossover.x))", detail: details.joined(separator: ", ")),
        ] + names.map { ReportTable.Cell("\($0) \(word)") }
    }

    private static func signed(_ value: Double) -> String {
        NumberText.fixed(value, decimals: 2).replacing("-", with: "−")
    }

    /// The names of the columns that say which curves a row is about.
    static func questionHeader(_ model: ReportModel) -> [String] {
        ["Metric"] + (hasFacets(model) ? [model.layout.curveFactors.joined(separator: " · ")] : [])
            + (model.layout.panelFactor.map { [$0] } ?? [])
    }

    /// Which curves a row is about.
    static func question(
        _ metric: Metric, _ facet: FactorLayout.Facet, _ panel: String, model: ReportModel
    ) -> [ReportTable.Cell] {
        [.init(VerdictTables.title(metric))] + (hasFacets(model) ? [.init(facet.label)] : [])
            + (model.layout.panelFactor == nil ? [] : [.init(panel)])
    }

    private static func question(_ set: CurveSet, model: ReportModel) -> [ReportTable.Cell] {
        question(set.metric, set.facet, set.panel, model: model)
    }

    private static func hasFacets(_ model: ReportModel) -> Bool {
        model.allCurveSets.contains { !$0.facet.label.isEmpty }
    }
}

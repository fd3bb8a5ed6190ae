import Contract
import Statistics

/// Which curves share a picture, by the names of their metrics: see `MetricName`.
///
/// A run over sizes may record a hundred metrics, and a hundred pictures are none. Metrics that differ in one word become
/// panels of one page. Of percentiles the 50th and the 99th are drawn, for the rest are in the percentile picture and in
/// the numbers.
struct CurvePages {
    /// What comes first: the latency of what clients do, and judged metrics of their own.
    private(set) var leading: [CurvePage] = []
    /// Metrics that several operations have: how long each takes, and when it is seen.
    private(set) var operations: [CurvePage] = []
    /// What the first of those operations is made of, and other metrics of one measurement.
    private(set) var details: [CurvePage] = []
    /// Judged or not, what is left.
    private(set) var others: [CurvePage] = []

    /// Metrics that have a picture of their own at most; more share pages.
    private static let singles = 3
    /// Parts of an operation, which are drawn for one operation only.
    private static let parts: Set = ["planner", "user", "system", "wait", "memory", "cpu"]
    private static let drawnPercentiles: Set<Double> = [50, 99]

    init(_ model: ReportModel) {
        let layout = model.layout
        var left = model.allCurveSets.filter { set in
            MetricName(set.metric.name).rank.map(Self.drawnPercentiles.contains) ?? true
        }
        func take(_ belongs: (MetricName) -> Bool) -> [CurveSet] {
            let taken = left.filter { belongs(MetricName($0.metric.name)) }
            left.removeAll { belongs(MetricName($0.metric.name)) }
            return taken
        }
        let order = left.map { MetricName($0.metric.name) }
        for (base, positions) in Self.groups(order.filter { $0.position != nil }, by: \.base, distinct: \.position)
        where positions > 1 {
            for percentile in Self.unique(order.filter { $0.base == base }.map(\.percentile)) {
                let sets = take { $0.base == base && $0.percentile == percentile && $0.position != nil }
                    .sorted { Self.rank($0) < Self.rank($1) }
                guard let slug = sets.first.map({ MetricName($0.metric.name).family }) else { continue }
                leading.append(
                    .joined(slug: slug, sets, layout: layout, isShared: true) { MetricName($0.name).position ?? "" }
                )
            }
        }
        let percentiles = left.map { MetricName($0.metric.name) }.filter { $0.percentile != nil && $0.position == nil }
        for (aspect, bases) in Self.groups(percentiles, by: \.aspect, distinct: \.base) where bases > 1 {
            for percentile in Self.unique(percentiles.filter { $0.aspect == aspect }.map(\.percentile)) {
                let sets = take { $0.aspect == aspect && $0.percentile == percentile && $0.position == nil }
                leading.append(
                    .joined(slug: aspect + (percentile.map { "_p\($0)" } ?? ""), sets, layout: layout) { metric in
                        Self.words(MetricName(metric.name).base, without: aspect)
                    }
                )
            }
        }
        let plain = left.filter { $0.metric.unit == "s" || $0.metric.unit == "1/s" }.map { MetricName($0.metric.name) }
            .filter { $0.percentile == nil && $0.position == nil }
        var firstOperation: String?
        for (aspect, bases) in Self.groups(plain, by: \.aspect, distinct: \.base)
        where bases > 2 && !Self.parts.contains(aspect) {
            let sets = take { $0.aspect == aspect && $0.percentile == nil && $0.position == nil }
            operations.append(
                .joined(slug: aspect, title: Wording.title(ofMetric: aspect) + " time", sets, layout: layout) {
                    Self.words(MetricName($0.name).base, without: aspect)
                }
            )
            firstOperation = firstOperation ?? sets.first.map { MetricName($0.metric.name).base.dropping(aspect) }
        }
        if let operation = firstOperation {
            let isPart = { (name: MetricName) in
                name.percentile == nil && name.position == nil && Self.parts.contains(name.aspect)
            }
            let sets = take { isPart($0) && $0.base.hasPrefix(operation + "_") }
            // The same parts of the other operations are in the numbers.
            _ = take { isPart($0) && $0.base.contains("_") }
            if !sets.isEmpty {
                details.append(
                    .joined(
                        slug: operation, title: "Parts of " + operation.replacing("_", with: " "), sets, layout: layout
                    ) {
                        Self.words($0.name, without: operation)
                    }
                )
            }
        }
        let judged = left.filter(\.metric.judged).map { MetricName($0.metric.name).family }
        for family in Self.unique(judged) where Self.unique(judged).count <= Self.singles {
            if let page = CurvePage.single(take { $0.family == family }, layout: layout) { leading.append(page) }
        }
        let subjects = left.map { MetricName($0.metric.name) }
        for (subject, bases) in Self.groups(subjects, by: \.subject, distinct: \.self) where bases > 2 {
            let sets = take { $0.subject == subject }
            details.append(
                .joined(slug: subject, sets, layout: layout) { Self.words($0.name, without: subject) })
        }
        if !left.isEmpty {
            others = [
                .joined(slug: "others", title: "Further metrics", left, layout: layout) {
                    Wording.title(ofMetric: $0.name)
                }
            ]
        }
    }

    private static func rank(_ set: CurveSet) -> Int {
        MetricName(set.metric.name).position.flatMap { MetricName.positions.firstIndex(of: $0) } ?? 0
    }

    /// The keys in the order in which they are met, and how many different others each has.
    private static func groups<Key: Hashable, Other: Hashable>(
        _ names: [MetricName], by key: (MetricName) -> Key, distinct other: (MetricName) -> Other
    ) -> [(Key, Int)] {
        unique(names.map(key)).map { found in
            (found, Set(names.filter { key($0) == found }.map(other)).count)
        }
    }

    private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen = Set<Element>()
        return elements.filter { seen.insert($0).inserted }
    }

    /// A name without the word that the whole page has in common.
    private static func words(_ name: String, without common: String) -> String {
        let words = name.split(separator: "_").map(String.init)
        let short = words.filter { $0 != common && !common.split(separator: "_").map(String.init).contains($0) }
        return (short.isEmpty ? words : short).joined(separator: " ")
    }
}

extension String {
    /// The name without its last word.
    fileprivate func dropping(_ word: String) -> String {
        hasSuffix("_" + word) ? String(dropLast(word.count + 1)) : self
    }
}

import Contract
import Statistics

/// Which curves share a picture, by what their metrics measure.
///
/// A run over sizes may record a hundred metrics, and a hundred pictures are none. Metrics that differ in their
/// position or operation alone become panels of one page. Of percentiles the 50th and the 99th are drawn, for the rest
/// are in the percentile picture and in the numbers.
struct CurvePages {
    /// What comes first: what is measured at several positions, how long operations take, and judged metrics of their
    /// own.
    private(set) var leading: [CurvePage] = []
    /// Metrics that many operations have: how long each takes, and when it is seen.
    private(set) var operations: [CurvePage] = []
    /// What the first of those operations is made of, and other metrics of one operation.
    private(set) var details: [CurvePage] = []
    /// Judged or not, what is left.
    private(set) var others: [CurvePage] = []

    /// Metrics that have a picture of their own at most; more share pages.
    private static let singles = 3
    /// Operations, or metrics of one operation, that make a page at least.
    private static let many = 3
    private static let drawnPercentiles: Set<Double> = [50, 99]

    private let layout: FactorLayout
    private var pool: CurvePool

    init(_ model: ReportModel) {
        layout = model.layout
        pool = CurvePool(
            sets: model.allCurveSets.filter { $0.metric.id.percentile.map(Self.drawnPercentiles.contains) ?? true }
        )
        let costs = PartialCosts(model.metrics)
        leading = positions() + percentiles()
        operations = times(costs)
        details = parts(costs)
        leading += judged()
        details += together()
        if !pool.sets.isEmpty {
            others = [
                .joined(slug: "others", title: "Further metrics", pool.sets, layout: layout) {
                    Wording.title(of: $0)
                }
            ]
        }
    }

    /// One thing at several positions: a page a percentile, a panel a position, to be read against each other.
    private mutating func positions() -> [CurvePage] {
        let bases = pool.keys(where: { $0.id.position != nil }, by: \.base, atLeast: 2, different: \.position)
        let families = bases.flatMap { base in
            pool.keys(where: { $0.id.base == base && $0.id.position != nil }, by: \.family, different: \.self)
        }
        return families.map { family in
            let sets = pool.take { $0.id.family == family && $0.id.position != nil }
                .sorted { $0.metric.id.positionRank < $1.metric.id.positionRank }
            return .joined(slug: family.name, sets, layout: layout, isShared: true) { $0.id.position ?? "" }
        }
    }

    /// A percentile of one subject in several operations: a page a percentile, a panel an operation.
    private mutating func percentiles() -> [CurvePage] {
        let isOne = { (metric: Metric) in metric.id.percentile != nil && metric.id.position == nil }
        let key = { (id: MetricID) in MetricID(id.subject, percentile: id.percentile) }
        let subjects = pool.keys(where: isOne, by: \.subject, atLeast: 2, different: \.operation)
        let pages = subjects.flatMap { subject in
            pool.keys(where: { isOne($0) && $0.id.subject == subject }, by: key, different: \.self)
        }
        return pages.map { page in
            let sets = pool.take { isOne($0) && key($0.id) == page }
            return .joined(slug: page.name, sets, layout: layout) { $0.id.operationWords }
        }
    }

    /// A time or rate of many operations, partial costs aside: a panel an operation.
    private mutating func times(_ costs: PartialCosts) -> [CurvePage] {
        let isOne = { (metric: Metric) in
            metric.id.percentile == nil && metric.id.position == nil && ["s", "1/s"].contains(metric.unit)
                && !costs.contains(metric)
        }
        return pool.keys(where: isOne, by: \.subject, atLeast: Self.many, different: \.operation).map { subject in
            let sets = pool.take { isOne($0) && $0.id.subject == subject }
            let title = Wording.title(subject) + " time"
            return .joined(slug: subject, title: title, sets, layout: layout) { $0.id.operationWords }
        }
    }

    /// What the first of many operations is made of; the same of the others is in the numbers.
    private mutating func parts(_ costs: PartialCosts) -> [CurvePage] {
        guard let operation = operations.first?.panels.first?.set.metric.id.operation else { return [] }
        let sets = pool.take(where: costs.contains).filter { $0.metric.id.operation == operation }
        guard !sets.isEmpty else { return [] }
        let title = "Parts of " + operation.replacing("_", with: " ")
        return [.joined(slug: operation, title: title, sets, layout: layout) { $0.id.subjectWords }]
    }

    /// The judged metrics that no page has, when they are few.
    private mutating func judged() -> [CurvePage] {
        let families = pool.keys(where: \.judged, by: \.family, different: \.self)
        guard families.count <= Self.singles else { return [] }
        return families.compactMap { family in
            CurvePage.single(pool.take { $0.id.family == family }, layout: layout)
        }
    }

    /// Whatever else many metrics say of one operation.
    private mutating func together() -> [CurvePage] {
        pool.keys(by: \.operation, atLeast: Self.many, different: \.self).map { operation in
            let sets = pool.take { $0.id.operation == operation }
            return .joined(slug: operation, sets, layout: layout) { $0.id.subjectWords }
        }
    }
}

public import Contract
import Results
import Statistics

/// Everything that a report says about one run, computed once and without I/O; each format only writes it down.
public struct ReportModel: Sendable {
    /// The stored run that the report is about.
    public let run: RunData
    /// Which factor compares, groups and separates.
    public let layout: FactorLayout
    /// Every metric at every facet, panel and level; metrics in recorded order, then design order.
    public let cells: [Cell]
    /// The cells by metric: a run over sizes has thousands, and tables look each of them up.
    private let cellsByMetric: [String: [Cell]]
    /// Every pair of levels of the compared factor, pairs with the baseline first.
    public let comparisons: [LevelComparison]
    /// The shown metrics along the factor that the design scales over; empty without such a factor.
    public let curveSets: [CurveSet]
    /// The other metrics along it.
    public let otherCurveSets: [CurveSet]
    /// Up to which sizes the limits of the design are kept.
    public let capacities: [Capacity]
    /// Who is better than whom, question by question.
    var standings: [Standing] { Standing.all(self) }
    /// What the networks did in checks of a specification, in recorded order.
    public let conformance: [ConformanceFinding]
    /// What was found where something was expected, in recorded order.
    public let findings: [PlacedFinding]
    /// What held when, by time.
    public let spans: [PlacedSpan]
    /// The findings as tables of two factors, where the design asks for them.
    let matrices: [FindingMatrix]
    /// The trials that did not complete, in order.
    public let failures: [RunTrial]
    /// What a reader must know before trusting a verdict; empty when there is nothing to say.
    public private(set) var notes: [String]

    /// Computes the model of a run.
    public init(_ run: RunData) {
        self.run = run
        let layout = FactorLayout(design: run.design, trials: run.trials)
        self.layout = layout
        let cells = Self.cells(of: run, layout: layout)
        self.cells = cells
        cellsByMetric = Dictionary(grouping: cells, by: \.metric.name)
        comparisons =
            run.design.matrix == nil ? LevelComparison.all(cells: cells, layout: layout, seed: run.seed) : []
        let shown = Self.shownMetrics(run.metrics, cells: cells)
        // Together, since metrics of one family share the kind of their axes, judged or not.
        let sets = CurveSet.all(
            cells: cells, layout: layout, metrics: shown + run.metrics.filter { !shown.contains($0) }, seed: run.seed
        )
        curveSets = sets.filter { shown.contains($0.metric) }
        otherCurveSets = sets.filter { !shown.contains($0.metric) }
        capacities = Capacity.all(run.design, sets: curveSets + otherCurveSets)
        conformance = run.events.compactMap { ConformanceFinding($0) }
        findings = PlacedFinding.all(in: run)
        spans = PlacedSpan.all(in: run)
        matrices = FindingMatrix.all(run, findings)
        failures = run.trials.filter { $0.outcome != .completed }
        notes = ReportNotes.make(
            run: run, layout: layout, cells: cells, comparisons: comparisons, capacities: capacities
        )
    }

    /// The metrics that were recorded in at least one facet.
    public var metrics: [Metric] {
        run.metrics.filter { cellsByMetric[$0.name] != nil }
    }

    /// The metrics that pictures show: the judged ones.
    ///
    /// A run of a kind that judges nothing still shows what it measured.
    var shownMetrics: [Metric] { Self.shownMetrics(run.metrics, cells: cells) }

    private static func shownMetrics(_ metrics: [Metric], cells: [Cell]) -> [Metric] {
        let names = Set(cells.map(\.metric.name))
        let measured = metrics.filter { names.contains($0.name) }
        let judged = measured.filter(\.judged)
        return judged.isEmpty ? measured : judged
    }

    /// The curves of every metric, the shown ones first.
    var allCurveSets: [CurveSet] { curveSets + otherCurveSets }

    /// The facets of a metric that no curve shows.
    func facetsWithoutCurve(_ metric: Metric) -> [FactorLayout.Facet] {
        let facets = facets(recording: metric)
        guard let scale = layout.scale else { return facets }
        let drawn = Set(allCurveSets.filter { $0.metric.name == metric.name }.map(\.facet))
        return facets.filter { $0.levels[scale.factor] == nil || !drawn.contains(layout.curveFacet(of: $0)) }
    }

    /// The events that are not shown elsewhere.
    var otherEvents: [RunData.Event] {
        run.events.filter { ConformanceFinding($0) == nil && Finding($0) == nil && Span($0) == nil }
    }

    /// The facets that recorded a metric, in design order.
    public func facets(recording metric: Metric) -> [FactorLayout.Facet] {
        let recorded = Set((cellsByMetric[metric.name] ?? []).map(\.facet))
        return layout.facets.filter(recorded.contains)
    }

    /// The cells of a metric in a facet, panel by panel, level by level.
    public func cells(_ metric: Metric, _ facet: FactorLayout.Facet, panel: String? = nil) -> [Cell] {
        (cellsByMetric[metric.name] ?? []).filter { $0.facet == facet && (panel == nil || $0.panel == panel) }
    }

    /// The command that runs the same resource again with the same seed.
    public var rerunCommand: String {
        let file = Escape.fileName(run.name) + ".yaml"
        return "netmachinery run \(Escape.argument(file)) --testbed \(Escape.argument(run.testbed)) --seed \(run.seed)"
    }

    /// The same model with one more note.
    func noting(_ note: String) -> ReportModel {
        var result = self
        result.notes.append(note)
        return result
    }

    private static func cells(of run: RunData, layout: FactorLayout) -> [Cell] {
        let ordered = run.trials.sorted { ($0.block, $0.position, $0.id) < ($1.block, $1.position, $1.id) }
        let places = Dictionary(grouping: ordered) { layout.place(of: $0) }
        var cells: [Cell] = []
        for metric in run.metrics where !run.holdsOnlyTimeOuts(metric) {
            let recorded = places.filter { $0.value.contains { $0.value(of: metric.name) != nil } }
            let facets = Set(recorded.keys.map(\.facet))
            for facet in layout.facets where facets.contains(facet.levels) {
                for panel in layout.panels {
                    for level in layout.levels {
                        let place = FactorLayout.Place(facet: facet.levels, panel: panel, level: level)
                        cells.append(
                            Cell(
                                metric: metric, facet: facet, panel: panel, level: level,
                                trials: places[place] ?? [], seed: run.seed
                            )
                        )
                    }
                }
            }
        }
        return cells
    }
}

import Contract
import Results
import Statistics

/// The timelines that a picture shows: one trial a level, at the largest size.
struct TimelinePage {
    /// One level at one place.
    struct Panel {
        let level: String
        let place: String
        let timeline: Timeline
        /// From how many trials it was chosen.
        let trials: Int
    }

    let size: FactorScale.Level?
    let panels: [Panel]

    /// Nil when no trial kept a timeline.
    init?(_ model: ReportModel) {
        let kept = model.run.trials.filter { $0.outcome == .completed && $0.timeline != nil }
        let scale = model.layout.scale
        let size = scale?.levels.last { size in kept.contains { $0.factors[scale?.factor ?? ""] == size.text } }
        let shown = kept.filter { scale == nil || size == nil || $0.factors[scale?.factor ?? ""] == size?.text }
        let places = Dictionary(grouping: shown) { model.layout.place(of: $0) }
        var panels: [Panel] = []
        for facet in model.layout.facets {
            for panel in model.layout.panels {
                for level in model.layout.levels {
                    let place = FactorLayout.Place(facet: facet.levels, panel: panel, level: level)
                    guard let trials = places[place], let timeline = Self.typical(trials.compactMap(\.timeline)) else {
                        continue
                    }
                    let label = model.layout.label(facet: model.layout.curveFacet(of: facet), panel: panel)
                    panels.append(Panel(level: level, place: label, timeline: timeline, trials: trials.count))
                }
            }
        }
        guard !panels.isEmpty else { return nil }
        self.size = size
        self.panels = panels
    }

    private init(size: FactorScale.Level?, panels: [Panel]) {
        self.size = size
        self.panels = panels
    }

    /// The page cut into pages of so many panels at most.
    func pages(of count: Int) -> [TimelinePage] {
        stride(from: 0, to: panels.count, by: count).map { start in
            TimelinePage(size: size, panels: Array(panels[start..<min(start + count, panels.count)]))
        }
    }

    /// The one in the middle by failed connects: neither the luckiest nor the unluckiest.
    private static func typical(_ timelines: [Timeline]) -> Timeline? {
        let sorted = timelines.sorted { ($0.failed, $0.deadPackets) < ($1.failed, $1.deadPackets) }
        return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
    }
}

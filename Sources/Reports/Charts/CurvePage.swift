import Contract
import Statistics

/// Curves that belong on one picture, a panel each: one metric at several places, or metrics that answer one question.
struct CurvePage {
    /// A set of curves with axes of its own.
    struct Panel {
        let set: CurveSet
        /// What tells it apart from the others on the page.
        let label: String
    }

    /// What the file name has in place of a metric.
    let slug: String
    /// The heading without the scale: `Connect p50`.
    let title: String
    let panels: [Panel]
    /// Whether all panels have one axis of values, to be read against each other.
    let isShared: Bool

    /// One metric at all of its places.
    static func single(_ sets: [CurveSet], layout: FactorLayout) -> CurvePage? {
        guard let first = sets.first else { return nil }
        return CurvePage(
            slug: first.metric.id.name, title: Wording.title(of: first.metric),
            panels: sets.map { Panel(set: $0, label: layout.label(facet: $0.facet, panel: $0.panel)) },
            isShared: false
        )
    }

    /// Several metrics, each named by a part of its name.
    static func joined(
        slug: String, title: String? = nil, _ sets: [CurveSet], layout: FactorLayout, isShared: Bool = false,
        naming name: (Metric) -> String
    ) -> CurvePage {
        CurvePage(
            slug: slug, title: title ?? Wording.title(slug),
            panels: zip(sets, places(sets, layout: layout)).map { set, place in
                Panel(set: set, label: [name(set.metric), place].filter { !$0.isEmpty }.joined(separator: " · "))
            },
            isShared: isShared
        )
    }

    /// Where each set was measured, without what is the same for all.
    private static func places(_ sets: [CurveSet], layout: FactorLayout) -> [String] {
        let parts = sets.map { set in
            layout.label(facet: set.facet, panel: set.panel).split(separator: "·").map {
                $0.split(separator: " ").joined(separator: " ")
            }
        }
        let common = parts.dropFirst().reduce(Set(parts.first ?? [])) { $0.intersection($1) }
        return parts.map { own in own.filter { !common.contains($0) }.joined(separator: " · ") }
    }

    /// The page cut into pages of so many panels at most; further ones only as long as they hold a judged metric.
    func pages(of count: Int) -> [CurvePage] {
        stride(from: 0, to: panels.count, by: count).filter { start in
            start == 0 || panels[start..<min(start + count, panels.count)].contains(where: \.set.metric.judged)
        }.map { start in
            CurvePage(
                slug: slug, title: title, panels: Array(panels[start..<min(start + count, panels.count)]),
                isShared: isShared
            )
        }
    }

    /// The metrics on the page, each once.
    var metrics: [Metric] {
        var seen = Set<String>()
        return panels.map(\.set.metric).filter { seen.insert($0.name).inserted }
    }
}

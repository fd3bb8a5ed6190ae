import Contract
import Statistics

/// Who is better than whom at one question, by differences alone that are both real and large enough to matter.
///
/// The baseline takes no part: it is a floor, and nothing to choose.
struct Standing: Sendable, Equatable {
    /// Where one level stands.
    struct Place: Sendable, Equatable {
        /// The level of the compared factor.
        let level: String
        /// One more than the number of levels that are better for certain.
        let rank: Int
        /// How it stands to the others of the same rank.
        let tie: Tie
        /// The median, in the metric's unit.
        let median: Double
    }

    /// How a level stands to others of the same rank.
    enum Tie: Sendable, Equatable {
        /// There is no other.
        case none
        /// No difference that matters, and one would have been seen.
        case equal
        /// The trials cannot tell them apart.
        case unknown
    }

    /// What was asked.
    let question: EffectChart.Row
    /// By level, in design order; those that have no value are left out.
    let places: [Place]

    /// What the medians are written with.
    var scale: UnitScale {
        UnitScale.fitting(places.map(\.median.magnitude).max() ?? 0, unit: question.metric.unit)
    }

    /// Whether any level is better than another.
    var isDecided: Bool { Set(places.map(\.rank)).count > 1 }

    /// All questions that two levels or more were asked, in the order of the tables; none where sizes are scaled over, since curves
    /// answer those.
    static func all(_ model: ReportModel) -> [Standing] {
        let levels = model.layout.choices
        guard model.layout.compared != nil, model.layout.scale == nil, levels.count > 1 else { return [] }
        let comparisons = model.comparisons.filter { levels.contains($0.base) && levels.contains($0.candidate) }
        var verdicts: [EffectChart.Row: [Pair: Verdict]] = [:]
        for comparison in comparisons {
            for row in comparison.rows {
                let question = EffectChart.Row(metric: row.metric, facet: row.facet, panel: row.panel)
                verdicts[question, default: [:]][Pair(comparison.base, comparison.candidate)] = row.result.verdict
            }
        }
        var seen = Set<EffectChart.Row>()
        return model.cells.compactMap { cell in
            let question = EffectChart.Row(metric: cell.metric, facet: cell.facet, panel: cell.panel)
            guard let found = verdicts[question], seen.insert(question).inserted else { return nil }
            let medians = Dictionary(
                model.cells(cell.metric, cell.facet, panel: cell.panel).compactMap { cell in
                    cell.median.map { (cell.level, $0) }
                }
            ) { first, _ in first }
            return Standing(question, levels: levels, medians: medians, found)
        }
    }

    /// Two levels; the verdict is about the second.
    struct Pair: Hashable {
        let base: String
        let candidate: String

        init(_ base: String, _ candidate: String) {
            self.base = base
            self.candidate = candidate
        }
    }

    init(_ question: EffectChart.Row, levels: [String], medians: [String: Double], _ verdicts: [Pair: Verdict]) {
        self.question = question
        func verdict(_ level: String, against other: String) -> Verdict? {
            verdicts[Pair(other, level)]
                ?? verdicts[Pair(level, other)].map { verdict in
                    switch verdict {
                    case .improved: .regressed
                    case .regressed: .improved
                    case .unchanged, .inconclusive, .notComparable: verdict
                    }
                }
        }
        let present = levels.filter { medians[$0] != nil }
        let ranks = Dictionary(
            present.map { level in
                (level, 1 + present.count { verdict(level, against: $0) == .regressed })
            }
        ) { first, _ in first }
        places = present.compactMap { level in
            guard let rank = ranks[level], let median = medians[level] else { return nil }
            let beside = present.filter { $0 != level && ranks[$0] == rank }
            let tie: Tie =
                beside.isEmpty
                ? .none : beside.allSatisfy { verdict(level, against: $0) == .unchanged } ? .equal : .unknown
            return Place(level: level, rank: rank, tie: tie, median: median)
        }
    }
}

extension Standing {
    /// `1`, `1 =` where it shares its rank, `1 ?` where nobody can tell; the sign alone where nobody is better than anybody.
    func words(of place: Place) -> String {
        let sign: String? =
            switch place.tie {
            case .none: nil
            case .equal: "="
            case .unknown: "?"
            }
        return [isDecided ? "\(place.rank)" : nil, sign].compactMap(\.self).joined(separator: " ")
    }
}

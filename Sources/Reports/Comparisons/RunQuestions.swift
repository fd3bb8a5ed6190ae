import Contract
import Statistics

/// What two runs can be asked about together: each judged metric of each variant that both have values of.
struct RunQuestions {
    private(set) var pairs: [Judge.Pair] = []
    /// The family of each pair, see `HolmFamily`.
    private(set) var families: [String] = []
    /// How long the candidate's trials of each pair took, in seconds, as a share for each metric.
    private(set) var seconds: [Double] = []
    /// What only one of the runs has values of.
    private(set) var unmatched: [String] = []
    /// What the base has values of, and the candidate none.
    private(set) var lost: [String] = []

    init(base: RunData, candidate: RunData) {
        // A metric without any sample in one of the runs counts as lost, too.
        let metrics =
            candidate.metrics + base.metrics.filter { old in !candidate.metrics.contains { $0.name == old.name } }
        let order = Self.variants(of: base) + Self.variants(of: candidate)
        var seen = Set<[String: String]>()
        let factors = base.design.factors.map(\.name)
        let hasSizes = (try? FactorScale(base.design)) != nil
        for levels in order where seen.insert(levels).inserted {
            let names =
                factors.compactMap { levels[$0] } + levels.filter { !factors.contains($0.key) }.map(\.value).sorted()
            let name = names.joined(separator: " · ")
            let level = base.design.compared.flatMap { levels[$0] } ?? ""
            let first = pairs.count
            for metric in metrics where metric.judged {
                let old = base.values(of: metric.name, at: levels)
                let new = candidate.values(of: metric.name, at: levels)
                if old.isEmpty != new.isEmpty { unmatched.append("\(metric.name) at \(name)") }
                if !old.isEmpty, new.isEmpty { lost.append("\(metric.name) at \(name)") }
                guard !old.isEmpty, !new.isEmpty else { continue }
                pairs.append(
                    Judge.Pair(
                        metric: metric, variant: name, base: old.map(\.value), candidate: new.map(\.value),
                        censoredBase: old.censoredPositions, censoredCandidate: new.censoredPositions
                    )
                )
                families.append(level + "\0" + HolmFamily.name(of: metric, hasSizes: hasSizes))
            }
            let time = candidate.trials.filter { $0.factors == levels }.compactMap(\.seconds).reduce(0, +)
            let count = pairs.count - first
            seconds += [Double](repeating: time / Double(max(1, count)), count: count)
        }
    }

    private static func variants(of run: RunData) -> [[String: String]] {
        var seen = Set<[String: String]>()
        let distinct = run.trials.map(\.factors).filter { seen.insert($0).inserted }
        let rank: ([String: String]) -> [Int] = { levels in
            run.design.factors.map { factor in
                levels[factor.name].flatMap { run.design.levels(of: factor.name).firstIndex(of: $0) } ?? -1
            }
        }
        return distinct.sorted { rank($0).lexicographicallyPrecedes(rank($1)) }
    }
}

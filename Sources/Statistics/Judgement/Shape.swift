/// How the values of two sides are spread, beside where their middles are.
struct Shape {
    /// A question about the shape, with its p-value.
    struct Tests {
        var spread = 1.0
        var lowerTail = 1.0
        var upperTail = 1.0
    }

    /// The two groups that the base falls into.
    let baseGroups: TwoGroups?

    /// The two groups that the candidate falls into.
    let candidateGroups: TwoGroups?

    /// The p-values, adjusted over all shapes that are judged together.
    let tests: Tests

    /// Nothing known, nothing found.
    static let unknown = Shape(baseGroups: nil, candidateGroups: nil, tests: Tests())

    /// The shapes of all pairs, in order; `unknown` where values are censored, missing or few.
    ///
    /// The shapes are a family of their own beside the middles, so that asking about them makes no difference harder to
    /// see. What could not be significant with any values of these sizes is not asked (Tarone 1990).
    static func all(_ evidence: [Evidence], level: Double) -> [Shape] {
        var found = [Tests](repeating: Tests(), count: evidence.count)
        var asked: [(index: Int, test: WritableKeyPath<Tests, Double>)] = []
        for (index, one) in evidence.enumerated() where one.hasShape(level: level) {
            let (base, candidate) = (one.base.values, one.candidate.values)
            found[index].spread = SpreadTest.pValue(base, candidate)
            asked.append((index, \.spread))
            guard TailTest.smallestPValue(one.base.n, one.candidate.n) < level else { continue }
            found[index].lowerTail = TailTest.pValue(base, candidate, at: .lower)
            found[index].upperTail = TailTest.pValue(base, candidate, at: .upper)
            asked += [(index, \.lowerTail), (index, \.upperTail)]
        }
        let adjusted = Holm.adjust(asked.map { found[$0.index][keyPath: $0.test] })
        for (question, p) in zip(asked, adjusted) { found[question.index][keyPath: question.test] = p }
        return zip(evidence, found).map { one, tests in
            guard one.hasShape(level: level) else { return .unknown }
            return Shape(
                baseGroups: TwoGroups.find(in: one.base.values),
                candidateGroups: TwoGroups.find(in: one.candidate.values), tests: tests
            )
        }
    }
}

extension Evidence {
    /// Whether there are values enough, and known ones, to look at more than the middle.
    fileprivate func hasShape(level: Double) -> Bool {
        censored == 0 && dropped == 0 && isTestable && MannWhitney.smallestPValue(base.n, candidate.n) < level
    }
}

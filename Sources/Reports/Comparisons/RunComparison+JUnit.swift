import Contract
import Statistics

extension RunComparison {
    /// The comparison as continuous integration reads it: a test case a verdict, and one for what is said of the whole.
    ///
    /// Names are those of the resource, the metrics and the variants, the same every night. It has a failure or an
    /// error exactly where `compare` ends with 1: a failure for what got worse or was lost, an error where nothing
    /// could be compared.
    public func junit(failOnInconclusive: Bool = false) -> String {
        let cases =
            [overall] + rows.map { testCase($0, failOnInconclusive: failOnInconclusive) } + lost.map(Self.lostCase)
        func count(_ outcome: TestCase.Outcome) -> Int { cases.count { $0.outcome == outcome } }
        let seconds = JUnitReport.time(rows.map(\.seconds).reduce(0, +))
        let totals =
            "tests=\"\(cases.count)\" failures=\"\(count(.failure))\" errors=\"\(count(.error))\" "
            + "skipped=\"\(count(.skipped))\" time=\"\(seconds)\""
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(totals)>\n"
            + "  <testsuite name=\"\(Escape.markup("compare " + subject))\" \(totals)>\n    <properties>\n"
            + [("base", base), ("candidate", candidate)].map { name, run in
                "      <property name=\"\(name)\" value=\"\(Escape.markup(run))\"/>\n"
            }.joined()
            + "    </properties>\n" + cases.map { $0.xml }.joined() + "  </testsuite>\n</testsuites>\n"
    }

    private struct TestCase {
        enum Outcome: String {
            case passed, failure, error, skipped
        }

        let group: String
        let name: String
        let seconds: Double
        let outcome: Outcome
        let words: String

        var xml: String {
            let start =
                "    <testcase classname=\"\(Escape.markup(group))\" name=\"\(Escape.markup(name))\" "
                + "time=\"\(JUnitReport.time(seconds))\""
            guard outcome != .passed else {
                guard !words.isEmpty else { return start + "/>\n" }
                return start + "><system-out>\(Escape.markup(words))</system-out></testcase>\n"
            }
            return start + "><\(outcome.rawValue) message=\"\(Escape.markup(words))\"/></testcase>\n"
        }
    }

    /// Whether the two runs could be compared at all.
    private var overall: TestCase {
        var words: [String] = []
        if let emptiness { words.append(emptiness.description) }
        if !isComparable { words.append(Self.reason(differences)) }
        return TestCase(
            group: "comparison", name: "the runs can be compared", seconds: 0,
            outcome: words.isEmpty ? .passed : .error,
            words: words.isEmpty ? notes.joined(separator: " ") : words.joined(separator: "; ")
        )
    }

    private func testCase(_ row: Row, failOnInconclusive: Bool) -> TestCase {
        let outcome: TestCase.Outcome =
            switch row.result.verdict {
            case .regressed: .failure
            case .notComparable: .error
            case .inconclusive: failOnInconclusive ? .failure : .skipped
            case .improved, .unchanged: .passed
            }
        return TestCase(
            group: row.metric.name, name: row.variant, seconds: row.seconds, outcome: outcome,
            words: "\(row.result.verdictWords): \(row.result.reason)"
        )
    }

    private static func lostCase(_ name: String) -> TestCase {
        TestCase(
            group: "lost", name: name, seconds: 0, outcome: .failure,
            words: "the base has values, the candidate has none"
        )
    }
}

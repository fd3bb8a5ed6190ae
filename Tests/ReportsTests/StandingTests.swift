import Contract
import Statistics
import Testing

@testable import Reports

@Suite("Who is better at what")
struct StandingTests {
    private static let metric = Metric(
        MetricID("throughput"), unit: "bit/s", better: .higher, description: "", minimumRelevantChange: 0.1,
        judged: true)
    private static let question = EffectChart.Row(
        metric: metric, facet: .init(levels: [:], varying: [], scale: nil), panel: "")

    /// Verdicts by pairs such as `a<b`: the second is better; `=` and `?` are the two kinds of ties.
    private func standing(_ levels: [String], _ pairs: String...) -> Standing {
        var verdicts: [Standing.Pair: Verdict] = [:]
        for pair in pairs {
            let sign = pair.first { "<>=?".contains($0) } ?? "?"
            let names = pair.split(separator: sign).map(String.init)
            let verdict: Verdict =
                switch sign {
                case "<": .improved
                case ">": .regressed
                case "=": .unchanged
                default: .inconclusive
                }
            verdicts[.init(names[0], names[1])] = verdict
        }
        let medians = Dictionary(uniqueKeysWithValues: levels.map { ($0, 1.0) })
        return Standing(Self.question, levels: levels, medians: medians, verdicts)
    }

    private func words(_ standing: Standing) -> [String] {
        standing.places.map { "\($0.level) \(standing.words(of: $0))" }
    }

    @Test("a rank is one more than the number of those that are better for certain")
    func ranks() {
        #expect(words(standing(["a", "b", "c"], "a<b", "a<c", "b<c")) == ["a 3", "b 2", "c 1"])
        #expect(words(standing(["a", "b", "c"], "a>b", "a>c", "b=c")) == ["a 1", "b 2 =", "c 2 ="])
    }

    @Test("a tie that is known is no tie that the trials cannot tell")
    func ties() {
        #expect(words(standing(["a", "b"], "a=b")) == ["a =", "b ="])
        #expect(words(standing(["a", "b"], "a?b")) == ["a ?", "b ?"])
        // Between those two nothing is known, though each is equal to the third.
        #expect(words(standing(["a", "b", "c"], "a=b", "b=c", "a?c")) == ["a ?", "b =", "c ?"])
        #expect(!standing(["a", "b"], "a=b").isDecided && standing(["a", "b"], "a<b").isDecided)
    }

    @Test("equality does not carry over: who is equal to the best may still be worse than nobody else")
    func intransitive() {
        #expect(words(standing(["a", "b", "c"], "a=b", "b=c", "a<c")) == ["a 2", "b 1 =", "c 1 ="])
    }

    @Test("where not all questions fit on the page, those that are decided do")
    func selection() {
        let (tie, decided) = (standing(["a", "b"], "a=b"), standing(["a", "b"], "a<b"))
        let few = [tie, decided, tie]
        #expect(StandingChart.selection(of: few) == few)
        let many = Array(repeating: tie, count: StandingChart.rows) + [decided]
        let shown = StandingChart.selection(of: many)
        #expect(shown.count == StandingChart.rows && shown.first == decided && shown.last == tie)
    }

    @Test("the baseline takes no part, and a run with one network beside it has no standings")
    func baseline() {
        let model = SampleRun.model
        let levels = model.layout.levels.filter { $0 != model.layout.baseline }
        let standings = model.standings
        #expect(levels.count > 1 ? !standings.isEmpty : standings.isEmpty)
        for standing in standings {
            #expect(!standing.places.contains { $0.level == model.layout.baseline })
            #expect(standing.places.allSatisfy { $0.rank <= standing.places.count })
            #expect(standing.places.contains { $0.rank == 1 })
        }
        let table = StandingTable.table(standings, model: model)
        #expect(table.rows.count == standings.count)
        let parts = StandingJSON.parts(model)
        #expect(parts.map(\.metric) == standings.map(\.question.metric.name))
        #expect(parts.map { $0.places.map(\.rank) } == standings.map { $0.places.map(\.rank) })
        #expect(JSONReport.document([model]).contains("\"standings\"") == !standings.isEmpty)
    }
}

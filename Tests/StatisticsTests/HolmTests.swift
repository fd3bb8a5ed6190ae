import Statistics
import Testing

@Suite("Holm's correction")
struct HolmTests {
    private struct Case: Decodable {
        let p: [Double]
        let adjusted: [Double]
    }

    @Test("agrees with the definition")
    func agreesWithDefinition() throws {
        let cases = try Fixture.cases("holm", as: Case.self)
        #expect(cases.count == 5)
        for example in cases {
            let found = Holm.adjust(example.p)
            #expect(found.count == example.adjusted.count)
            #expect(zip(found, example.adjusted).allSatisfy { isClose($0, $1, tolerance: 1e-14) })
        }
    }

    @Test("the worked example of Wikipedia's article on the method: H4 and H1 are rejected at 0.05, H3 and H2 are not")
    func workedExample() {
        let found = Holm.adjust([0.01, 0.04, 0.03, 0.005])
        #expect(zip(found, [0.03, 0.06, 0.06, 0.02]).allSatisfy { isClose($0, $1) })
        #expect(found.map { $0 < 0.05 } == [true, false, false, true])
    }

    @Test("the levels are those at which questions were decided, up to the first one that was not significant")
    func levels() {
        // A value that is exactly its level is not below it.
        #expect(Holm.levels([0.025, 0.04], level: 0.05) == [0.025, 0.025])
        #expect(Holm.levels([0.04, 0.024], level: 0.05) == [0.05, 0.025])
        #expect(Holm.levels([0.9, 0.001, 0.029], level: 0.06) == [0.06, 0.02, 0.03])
        #expect(Holm.levels([0.9, 0.001, 0.031], level: 0.06) == [0.03, 0.02, 0.03])
    }

    @Test("is monotone, never below the value itself, never above Bonferroni's, and keeps its place in any order")
    func properties() {
        var random = RandomSamples(seed: 61)
        var generator = SeededGenerator(seed: 62)
        for _ in 0..<60 {
            let p = random.fractions(random.size(1...30))
            let found = Holm.adjust(p)
            let byP = p.indices.sorted { p[$0] < p[$1] }.map { found[$0] }
            #expect(byP == byP.sorted())
            #expect(zip(p, found).allSatisfy { $0 <= $1 && $1 <= min(1, $0 * Double(p.count)) })
            let order = generator.shuffled(Array(p.indices))
            #expect(Holm.adjust(order.map { p[$0] }) == order.map { found[$0] })
        }
    }

    @Test("one value stays as it is, none stay none, and nonsense is held to 0...1")
    func edges() {
        #expect(Holm.adjust([]) == [])
        #expect(Holm.adjust([0.03]) == [0.03])
        #expect(Holm.adjust([-1, 2, .nan]) == [0, 1, 1])
    }
}

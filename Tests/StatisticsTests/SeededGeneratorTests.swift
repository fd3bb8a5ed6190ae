import Statistics
import Testing

@Suite("Random numbers from a seed")
struct SeededGeneratorTests {
    @Test("the sequence is SplitMix64's, as Rosetta Code prints it for the seed 1234567")
    func publishedSequence() {
        var generator = SeededGenerator(seed: 1_234_567)
        let found = (0..<5).map { _ in generator.next() }
        #expect(
            found == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }

    @Test("a shuffle keeps every element and depends on the seed alone")
    func shuffle() {
        var first = SeededGenerator(seed: 7)
        var again = SeededGenerator(seed: 7)
        var other = SeededGenerator(seed: 8)
        let elements = Array(0..<50)
        let order = first.shuffled(elements)
        #expect(order.sorted() == elements)
        #expect(order == again.shuffled(elements))
        #expect(order != other.shuffled(elements))
        #expect(first.shuffled([Int]()).isEmpty)
    }

    @Test("every order of three comes about equally often")
    func shuffleIsFair() {
        var generator = SeededGenerator(seed: 3)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<6_000 { counts[generator.shuffled([1, 2, 3]), default: 0] += 1 }
        #expect(counts.count == 6)
        // Six standard deviations around 1,000.
        #expect(counts.values.allSatisfy { (827...1_173).contains($0) })
    }

    @Test("an index stays below its bound", arguments: [-1, 0, 1, 2, 3, 1_000, Int.max])
    func indexIsBounded(bound: Int) {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<100 {
            let index = generator.index(below: bound)
            #expect(index >= 0 && index < max(1, bound))
        }
    }
}

import Fuzzing
import Testing

@Suite("Changed inputs")
struct MutatorTests {
    private static let pool = [Array("{\"a\":[1,2],\"b\":\"text\"}".utf8), Array("x: 1\ny: 2\n".utf8)]

    private static func mutations(seed: UInt64, count: Int, of pool: [[UInt8]] = pool) -> [[UInt8]] {
        (0..<count).map { index in
            var mutator = Mutator(words: ["word"], seed: seed &+ UInt64(index) &* 1_000_003)
            return mutator.mutation(of: pool)
        }
    }

    @Test("a seed gives the same inputs again, and another seed others")
    func isRepeatable() {
        #expect(Self.mutations(seed: 1, count: 200) == Self.mutations(seed: 1, count: 200))
        #expect(Self.mutations(seed: 1, count: 200) != Self.mutations(seed: 2, count: 200))
    }

    @Test("most inputs are new, some are larger, some smaller, and none is beyond the limit")
    func changes() {
        let inputs = Self.mutations(seed: 3, count: 20_000)
        #expect(Set(inputs).count > 10_000)
        #expect(inputs.contains { $0.count > 1_000 } && inputs.contains { $0.count < 8 })
        #expect(inputs.allSatisfy { $0.count <= 1 << 20 })
        let text = inputs.map { String(decoding: $0, as: UTF8.self) }
        for piece in ["word", "9223372036854775807", "\u{202E}", "[[[[[[[[", "\0"] {
            #expect(text.contains { $0.contains(piece) }, "\(piece.debugDescription) never occurs")
        }
    }

    @Test("nothing at all can be changed, too", arguments: [[], [[]]] as [[[UInt8]]])
    func takesNothing(_ pool: [[UInt8]]) {
        #expect(Self.mutations(seed: 4, count: 500, of: pool).count == 500)
    }
}

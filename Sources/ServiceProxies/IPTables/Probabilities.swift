import Glibc

/// The probabilities of `statistic --mode random`: 1/n with ten decimals, made once for each n.
struct Probabilities {
    /// `0.3333333333`.
    private static let width = 12
    private let first: Word

    /// Puts the probabilities of 1/1 to 1/`widest` aside.
    init(upTo widest: Int, in words: inout Words) {
        first = Word(words.count..<words.count + Self.width)
        var buffer = [CChar](repeating: 0, count: 32)
        for count in stride(from: 1, through: widest, by: 1) {
            // As printf rounds, to the digit: whole-number arithmetic differs at ties.
            _ = withVaList([1.0 / Double(count)]) { vsnprintf(&buffer, buffer.count, "%.10f", $0) }
            _ = words.put(buffer.prefix(Self.width).map { UInt8(bitPattern: $0) })
        }
    }

    /// `0.3333333333` for 3.
    func word(of count: Int) -> Word { first.advanced(by: count - 1) }
}

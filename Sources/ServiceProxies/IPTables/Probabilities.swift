import Glibc

/// The probabilities of `statistic --mode random`: 1/n with ten decimals, made once for each n.
struct Probabilities {
    private static let width = 12
    private var texts: [UInt8] = []

    /// The probabilities of 1/1 to 1/`widest`.
    init(upTo widest: Int) {
        texts.reserveCapacity(widest * Self.width)
        var buffer = [CChar](repeating: 0, count: 32)
        for count in stride(from: 1, through: widest, by: 1) {
            // As printf rounds, to the digit: whole-number arithmetic differs at ties.
            _ = withVaList([1.0 / Double(count)]) { vsnprintf(&buffer, buffer.count, "%.10f", $0) }
            texts.append(contentsOf: buffer.prefix(Self.width).map { UInt8(bitPattern: $0) })
        }
    }

    /// `0.3333333333` for 3.
    func text(of count: Int) -> ArraySlice<UInt8> {
        texts[(count - 1) * Self.width..<count * Self.width]
    }
}

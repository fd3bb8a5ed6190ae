/// A small random generator whose sequence depends on its seed alone, on every platform and in every version.
///
/// SplitMix64 of Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators". The standard library's
/// own `shuffled(using:)` may change how it draws: orders that must be repeatable come from `shuffled(_:)` here.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the sequence of a seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        // 2^64 over the golden ratio, made odd: steps of this size visit all 2^64 states.
        state &+= 0x9E37_79B9_7F4A_7C15
        // Stafford's mixer, variant 13, as in the published SplitMix64.
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, but not including, a bound; 0 when the bound is below 2.
    ///
    /// Lemire's multiplication (2019) without its rejection step: the bias is below bound / 2^64.
    public mutating func index(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// The same elements in a random order (Fisher and Yates).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for last in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(last, index(below: last + 1))
        }
        return result
    }
}

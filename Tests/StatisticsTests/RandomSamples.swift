import Foundation
import Statistics

/// Random but repeatable samples for property tests.
struct RandomSamples {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func size(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + generator.index(below: range.count)
    }

    /// Numbers from 0 to 1.
    mutating func fractions(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double(generator.next() >> 11) / 0x1p53 }
    }

    /// Normal numbers with the mean 0 and the deviation 1 (Box and Muller).
    mutating func normals(_ count: Int) -> [Double] {
        (0..<count).map { _ in
            let (radius, angle) = (fractions(1)[0] + 0x1p-54, fractions(1)[0])
            return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
        }
    }

    /// Whole numbers below a bound: small bounds give many ties.
    mutating func wholes(_ count: Int, below bound: Int) -> [Double] {
        (0..<count).map { _ in Double(generator.index(below: bound)) }
    }

    /// Latencies of all magnitudes, from 1 ns to about 120 s.
    mutating func latencies(_ count: Int) -> [UInt64] {
        (0..<count).map { _ in
            let magnitude = UInt64(generator.index(below: 37))
            return min(1 + generator.next() >> (63 - magnitude), LatencyHistogram.highestNanoseconds)
        }
    }
}

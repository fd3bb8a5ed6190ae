internal import Foundation

/// The standard normal distribution.
enum NormalDistribution {
    /// The probability of a distance from zero of at least `z`, in either direction.
    static func twoSidedTail(_ z: Double) -> Double {
        min(1, erfc(z / 2.0.squareRoot()))
    }

    /// The distance from zero that is exceeded, in either direction, with a probability: 1.96 for 0.05.
    static func twoSidedQuantile(_ probability: Double) -> Double {
        guard probability < 1 else { return 0 }
        var low = 0.0
        // Beyond 38 standard deviations the tail is too small for a normal Double.
        var high = 38.0
        // Bisection: called once for each estimate, and right to the last bit without any table of constants.
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if twoSidedTail(middle) > probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

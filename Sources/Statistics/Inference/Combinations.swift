internal import Foundation

/// Numbers of ways to choose.
enum Combinations {
    /// The natural logarithm of n choose k.
    static func logChoose(_ n: Int, _ k: Int) -> Double {
        // Γ(n + 1) = n!, on logarithms: 171! is already too large for a Double.
        lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
    }

    /// n choose k; exact up to 2^53, and infinite when it is too large for a `Double`.
    static func choose(_ n: Int, _ k: Int) -> Double {
        guard k >= 0, k <= n else { return 0 }
        var result = 1.0
        // Each step is itself a whole number of combinations, so that nothing is lost below 2^53.
        for step in stride(from: 1, through: min(k, n - k), by: 1) {
            result = result * Double(n - step + 1) / Double(step)
            if result.isInfinite { return result }
        }
        return result
    }

    /// The number whose natural logarithm is given.
    static func exponential(_ logarithm: Double) -> Double { exp(logarithm) }
}

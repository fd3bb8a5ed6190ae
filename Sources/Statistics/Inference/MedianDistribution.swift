internal import Foundation

/// The exact bootstrap distribution of the median: what endless resampling would converge to.
///
/// A resample draws n values with replacement. How many of them are among the i smallest is binomial (n, i/n), so every
/// probability has a closed form (Maritz and Jarrett 1978, "A note on estimating the variance of the sample median").
/// For an odd n the median is one order statistic. For an even n it is the mean of two, whose joint distribution is
/// needed.
struct MedianDistribution {
    private var atoms: [(value: Double, probability: Double)] = []

    /// Takes values that are sorted, finite and not empty.
    init(sorted: [Double]) {
        let n = sorted.count
        let half = n / 2
        if n % 2 == 1 {
            let upTo = Self.orderStatistic(half + 1, of: n)
            atoms = (0..<n).map { (value: sorted[$0], probability: upTo[$0 + 1] - upTo[$0]) }
            return
        }
        let upTo = Self.orderStatistic(half, of: n)
        // P(the h smallest have their maximum at i), and by symmetry P(the h largest have their minimum at n + 1 - i).
        let extreme = (0...n).map { Self.maximum($0, ofHalf: half, of: n) }
        // Which half of the draws is the lower one: n choose n/2 ways.
        let logWays = Combinations.logChoose(n, half)
        for i in 1...n {
            var onDiagonal = upTo[i] - upTo[i - 1]
            for j in stride(from: i + 1, through: n, by: 1) {
                let factor = extreme[i] * extreme[n + 1 - j]
                guard factor > 0 else { break }
                let probability = exp(logWays + log(factor))
                // The rest of the row is smaller still, and stays with the diagonal.
                guard probability > 1e-15 else { break }
                atoms.append((value: (sorted[i - 1] + sorted[j - 1]) / 2, probability: probability))
                onDiagonal -= probability
            }
            atoms.append((value: sorted[i - 1], probability: max(0, onDiagonal)))
        }
        atoms.sort { $0.value < $1.value }
    }

    /// The smallest value that the median does not exceed with at least a probability.
    func quantile(_ probability: Double) -> Double {
        var sum = 0.0
        for atom in atoms {
            sum += atom.probability
            // A sum of many probabilities is off by rounding.
            if sum >= probability - 1e-12 { return atom.value }
        }
        return atoms.last?.value ?? .nan
    }

    /// P(as many draws as half the values have their maximum exactly at the i-th smallest value).
    private static func maximum(_ i: Int, ofHalf half: Int, of n: Int) -> Double {
        guard i > 0 else { return 0 }
        let within = pow(Double(i) / Double(n), Double(half))
        let below = pow(Double(i - 1) / Double(i), Double(half))
        return within * (1 - below)
    }

    /// P(the k-th smallest of a resample is at most the i-th smallest value), for i from 0 to n.
    private static func orderStatistic(_ k: Int, of n: Int) -> [Double] {
        let logWays = (0...n).map { Combinations.logChoose(n, $0) }
        return (0...n).map { i in
            if i == 0 { return 0 }
            if i == n { return 1 }
            let inside = log(Double(i) / Double(n))
            let outside = log(Double(n - i) / Double(n))
            return (k...n).reduce(0) { $0 + exp(logWays[$1] + Double($1) * inside + Double(n - $1) * outside) }
        }
    }
}

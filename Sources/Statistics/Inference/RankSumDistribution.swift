/// The exact distribution of Mann and Whitney's U for two samples of given sizes without ties.
///
/// The numbers of arrangements with each U are the coefficients of a Gaussian binomial. They are built by multiplying
/// by (1-q^(m+i)) and dividing by (1-q^i). The recurrence of Mann and Whitney (1947) gives the same numbers in far more
/// steps.
struct RankSumDistribution {
    /// Up to this product of the sizes every count of arrangements is below 2^53 and thus exact in a `Double`.
    static let largestProduct = 625

    private let pairs: Int
    private let lowerTails: [Double]

    /// `nil` for empty samples and for sizes beyond `largestProduct`.
    init?(_ n: Int, _ m: Int) {
        guard n > 0, m > 0, n <= Self.largestProduct, m <= Self.largestProduct, n * m <= Self.largestProduct else {
            return nil
        }
        let small = min(n, m)
        let large = max(n, m)
        pairs = n * m
        // The upper half mirrors the lower.
        let last = pairs / 2
        var ways = [Double](repeating: 0, count: last + 1)
        ways[0] = 1
        for i in 1...small {
            // In place: downwards multiplies by (1 - q^(m+i)), upwards divides by (1 - q^i).
            for u in stride(from: last, through: large + i, by: -1) { ways[u] -= ways[u - large - i] }
            for u in stride(from: i, through: last, by: 1) { ways[u] += ways[u - i] }
        }
        let total = Combinations.choose(n + m, small)
        var sum = 0.0
        lowerTails = ways.map { count in
            sum += count
            return sum / total
        }
    }

    /// P(U <= u).
    func lowerTail(_ u: Int) -> Double {
        if u < 0 { return 0 }
        if u >= pairs { return 1 }
        // U and pairs - U have the same distribution.
        return u < lowerTails.count ? lowerTails[u] : 1 - lowerTail(pairs - u - 1)
    }

    /// The largest u with P(U <= u) at most a probability; `nil` when even P(U = 0) is more.
    func criticalValue(_ probability: Double) -> Int? {
        var result: Int?
        // The tolerance lets a level that is meant to be equal, such as 2/20 for 0.1, count as such.
        for (u, tail) in lowerTails.enumerated() where tail <= probability * (1 + 1e-12) { result = u }
        return result
    }
}

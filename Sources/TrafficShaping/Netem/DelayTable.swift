import Contract
import Glibc

/// The tables by which the kernel draws delays: the inverse of a distribution, in 8192ths of the jitter.
///
/// The formulas are those of iproute2 (`netem/normal.c`, `pareto.c`, `paretonormal.c`, from NIST Net), and so are the numbers.
enum DelayTable {
    private static let scale = 8_192.0
    /// How finely a distribution is worked out; every fourth value is kept.
    private static let steps = 16_384

    /// The table of a distribution; empty for the one that the kernel needs none for.
    static func table(_ distribution: DelayDistribution) -> [Int16] {
        switch distribution {
        case .uniform: []
        case .normal: stride(from: 0, to: steps, by: 4).map { clamped(normal[$0]) }
        case .pareto: stride(from: 0, to: steps, by: 4).map { clamped(pareto($0)) }
        case .paretonormal:
            // Whole numbers, and their quotient cut off, as there.
            stride(from: 0, to: steps, by: 4).map { clamped((normal[$0] + 3 * pareto($0)) / 4) }
        }
    }

    /// The normal distribution's inverse: each step has the last value of those that fall on it.
    private static let normal: [Int] = {
        var values = [Int](repeating: 0, count: steps + 1)
        var x = -10.0
        while x < 10.05 {
            let share = 0.5 + 0.5 * erf(x / 2.0.squareRoot())
            values[Int((Double(steps) * share).rounded(.toNearestOrEven))] = Int((x * scale).rounded(.toNearestOrEven))
            x += 0.00005
        }
        return values
    }()

    /// The inverse of a Pareto distribution with the exponent 3, moved and stretched to the mean 0 and about the deviation 1.
    private static func pareto(_ step: Int) -> Int {
        let share = Double(65_536 - 4 * step) / 65_536
        let value = (1 / pow(share, 1.0 / 3.0) - 1.5) * (4.0 / 3.0 * scale)
        return Int(min(value, Double(Int16.max)).rounded(.toNearestOrEven))
    }

    private static func clamped(_ value: Int) -> Int16 { Int16(clamping: value) }
}

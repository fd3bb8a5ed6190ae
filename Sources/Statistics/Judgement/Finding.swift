internal import Foundation

/// A verdict and why.
struct Finding: Equatable {
    let verdict: Verdict
    let reason: String

    /// A change in words: `+12.3 %`.
    static func percent(_ fraction: Double) -> String {
        String(format: "%+.1f %%", fraction * 100)
    }

    /// A threshold in words: `5 %`.
    static func threshold(_ fraction: Double) -> String {
        String(format: "%.3g %%", fraction * 100)
    }

    /// A probability in words: `p = 0.0079`, `p < 0.0001`.
    static func probability(_ p: Double) -> String {
        p < 0.0001 ? "p < 0.0001" : String(format: "p = %.2g", p)
    }
}

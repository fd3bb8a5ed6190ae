internal import Foundation

/// A verdict and why.
struct Finding: Equatable {
    var verdict: Verdict
    var reason: String

    /// What else a reader has to know, in the order of `Caveat.allCases`.
    var caveats: [Caveat] = []

    /// The same with one thing more to say, and another verdict where it changes it.
    func adding(_ caveat: Caveat, _ words: String, verdict: Verdict? = nil) -> Finding {
        let all = Set(caveats + [caveat])
        return Finding(
            verdict: verdict ?? self.verdict, reason: reason + "; " + words,
            caveats: Caveat.allCases.filter(all.contains)
        )
    }

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

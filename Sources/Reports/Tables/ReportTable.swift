import Contract
import Statistics

/// A table before it is written in some language.
struct ReportTable: Sendable, Equatable {
    /// What was found, and how that goes together with what was expected.
    struct Found: Sendable, Equatable {
        let verdict: Finding.Verdict
        let words: String
    }

    struct Cell: Sendable, Equatable {
        var text: String
        /// What stands small below the text.
        var detail = ""
        var verdict: Verdict?
        var conformance: ConformanceFinding.Verdict?
        var finding: Found?
        /// Nothing was measured here.
        var isMissing = false

        init(_ text: String, detail: String = "", verdict: Verdict? = nil, isMissing: Bool = false) {
            self.text = text
            self.detail = detail
            self.verdict = verdict
            self.isMissing = isMissing
        }
    }

    var header: [String]
    var rows: [[Cell]]
    /// How many leading columns hold names; the rest holds numbers.
    var names: Int
}

import Contract
import Statistics

/// A table before it is written in some language.
struct ReportTable: Sendable, Equatable {
    struct Cell: Sendable, Equatable {
        var text: String
        /// What stands small below the text.
        var detail = ""
        var verdict: Verdict?
        var conformance: ConformanceFinding.Verdict?
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

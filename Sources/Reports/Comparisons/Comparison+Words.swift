public import Statistics

extension Comparison {
    /// The verdict with what it does not tell by itself: `unchanged (differs)`, `inconclusive (two groups)`.
    public var verdictWords: String {
        caveats.isEmpty
            ? verdict.rawValue : "\(verdict.rawValue) (\(caveats.map(\.rawValue).joined(separator: ", ")))"
    }

    /// The interval that the verdict rests on, as changes: `+1.4 % to +50.4 %`.
    var intervalWords: String? {
        interval.map { "\(NumberText.change(ofRatio: $0.lower)) to \(NumberText.change(ofRatio: $0.upper))" }
    }
}

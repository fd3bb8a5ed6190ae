import Contract

/// What metrics have in common: the keys by which they share pictures and axes.
extension MetricID {
    /// Without the percentile: what a histogram is of.
    var distribution: MetricID { MetricID(subject, of: operation, at: position) }

    /// Without the position: metrics that differ in nothing else are read against each other.
    var family: MetricID { MetricID(subject, of: operation, percentile: percentile) }

    /// Subject and operation alone.
    var base: MetricID { MetricID(subject, of: operation) }

    /// The operation in words; the subject where there is none.
    var operationWords: String { (operation ?? subject).replacing("_", with: " ") }

    /// Everything but the operation, in words.
    var subjectWords: String {
        MetricID(subject, at: position, percentile: percentile).name.replacing("_", with: " ")
    }

    /// Where the position stands among all: the known ones first.
    var positionRank: Int {
        position.flatMap { Self.positions.firstIndex(of: $0) } ?? Self.positions.count
    }
}

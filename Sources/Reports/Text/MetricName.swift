/// A metric's name taken apart: `connect_random_p99` is the 99th percentile of `connect` at the position `random`.
///
/// Names are all that says which metrics belong on one page; a name of another form is whole, and stands for itself.
struct MetricName: Sendable, Hashable {
    /// The name without percentile and position: `connect`.
    let base: String
    /// Where among the objects it was measured: `first`, `middle`, `last`, `random`.
    let position: String?
    /// The digits of the percentile: `p999` has `999`.
    let percentile: String?

    /// The order in which positions are shown: what a client meets comes before the ends.
    static let positions = ["random", "first", "middle", "last"]

    init(_ name: String) {
        var words = name.split(separator: "_").map(String.init)
        var percentile: String?
        if words.count > 1, let last = words.last, last.first == "p", last.count > 2,
            last.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
        {
            percentile = String(last.dropFirst())
            words.removeLast()
        }
        var position: String?
        if words.count > 1, let last = words.last, Self.positions.contains(last) {
            position = last
            words.removeLast()
        }
        self.percentile = percentile
        self.position = position
        base = words.joined(separator: "_")
    }

    /// Base and position: what has a percentile curve.
    var stem: String { position.map { "\(base)_\($0)" } ?? base }

    /// The name without its position: metrics that differ in nothing else are drawn on axes of one kind.
    var family: String { percentile.map { "\(base)_p\($0)" } ?? base }

    /// The percentile as a number: `01` is 1, `50` is 50, `999` is 99.9.
    var rank: Double? {
        percentile.flatMap { digits in
            Double(digits.prefix(2) + "." + digits.dropFirst(2)).map { digits.count > 2 ? $0 : $0.rounded() }
        }
    }

    /// The last word, which metrics of several operations share: `wall` in `program_wall`.
    var aspect: String { base.split(separator: "_").last.map(String.init) ?? base }

    /// The first word, which metrics of one measurement share: `churn` in `churn_dead_packets`.
    var subject: String { base.split(separator: "_").first.map(String.init) ?? base }
}

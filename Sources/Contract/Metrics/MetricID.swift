/// What a metric measures: by this, and not by the spelling of its name, metrics are grouped, ordered and matched.
public struct MetricID: Sendable, Hashable, Codable {
    /// What is measured, such as `latency`, `wall` or `connect`.
    public var subject: String
    /// What is done meanwhile, such as `add` or `churn`; nil where the trial does one thing.
    public var operation: String?
    /// Where it is measured among several places, such as `first` or `client`; nil for one place.
    public var position: String?
    /// Which of many values it is, from 0 to 100; nil where it is no percentile.
    public var percentile: Double?

    /// An identity from its parts.
    public init(
        _ subject: String, of operation: String? = nil, at position: String? = nil, percentile: Double? = nil
    ) {
        self.subject = subject
        self.operation = operation
        self.position = position
        self.percentile = percentile
    }

    /// The name under which samples are stored: `add_latency_p50`, `connect_random_p999`.
    public var name: String {
        [operation, subject, position, percentile.map(Self.word(percentile:))].compactMap(\.self).joined(separator: "_")
    }

    /// `p50`, `p01` for the first, `p999` for the 99.9th.
    public static func word(percentile: Double) -> String {
        let parts = "\(percentile)".split(separator: ".")
        let whole = parts.first.map(String.init) ?? "0"
        let fraction = parts.dropFirst().first.map(String.init) ?? "0"
        return "p" + (whole.count < 2 ? "0" + whole : whole) + (fraction == "0" ? "" : fraction)
    }

    /// The order in which positions are shown: what a client meets comes before the ends; others come as they are met.
    public static let positions =
        ([.random] + ServicePosition.allCases.filter { $0 != .random }).map(\.rawValue)
}

import Quantities

/// What a number of an expression is measured in: values of one dimension can be added and compared.
public enum Dimension: Sendable, Hashable, CustomStringConvertible {
    /// No unit: counts, ratios and percentages.
    case number
    /// A unit of metrics, such as `bit/s` or `s`.
    case unit(String)

    /// The dimension of a metric with this unit.
    public init(unit: String) {
        self = Self.numbers.contains(unit) ? .number : .unit(unit)
    }

    private static let numbers: Set<String> = ["", "1", "ratio", "count", "0/1"]

    /// For people: `a number`, or the unit.
    public var description: String {
        switch self {
        case .number: "a number"
        case .unit(let unit): unit
        }
    }

    /// A number with a unit as resources have it, in the unit of metrics; nil for a unit that does not exist.
    static func read(_ number: String, _ unit: String) -> (value: Double, dimension: Dimension)? {
        let text = number + unit
        if unit.isEmpty { return Double(number).map { ($0, .number) } }
        if let value = try? Ratio(parsing: text) { return (value.fraction, .number) }
        if let value = try? BitRate(parsing: text) { return (value.bitsPerSecond, .unit("bit/s")) }
        if let value = try? TimeSpan(parsing: text) { return (Double(value.nanoseconds) / 1e9, .unit("s")) }
        if let value = try? ByteCount(parsing: text) { return (Double(value.bytes), .unit("B")) }
        if let value = try? EventRate(parsing: text) { return (value.perSecond, .unit("1/s")) }
        // What resources have no quantity for is written as metrics have it.
        if unit == "s/GiB" { return Double(number).map { ($0, .unit(unit)) } }
        return nil
    }

    /// Every unit that a number can have.
    static let units = [
        "%", "ns", "us", "ms", "s", "m", "h", "bit", "Kbit", "Mbit", "Gbit", "B", "KiB", "MiB", "GiB", "kB", "MB", "GB",
        "/s", "/m", "s/GiB",
    ]

    /// A value for people, with four digits: `823.4Mbit`, `1.5ms`, `12`.
    public func words(_ value: Double) -> String {
        let scales: [(Double, String)] =
            switch self {
            case .number: [(1, "")]
            case .unit("bit/s"): [(1e9, "Gbit"), (1e6, "Mbit"), (1e3, "Kbit"), (1, "bit")]
            case .unit("s"): [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")]
            case .unit("B"): [(1_073_741_824, "GiB"), (1_048_576, "MiB"), (1_024, "KiB"), (1, "B")]
            case .unit("1/s"): [(1, "/s")]
            case .unit(let unit): [(1, unit)]
            }
        guard let scale = value == 0 ? scales.last : scales.first(where: { abs(value) >= $0.0 }) ?? scales.last else {
            return "\(value)"
        }
        return Self.digits(value / scale.0) + scale.1
    }

    private static func digits(_ value: Double) -> String {
        guard value.isFinite, value != 0, abs(value) < 1e15 else { return value == 0 ? "0" : "\(value)" }
        var step = 1.0
        while abs(value) / step >= 10_000 { step *= 10 }
        while abs(value) / step < 1_000, step > 1e-12 { step /= 10 }
        // Rounded in whole steps of a power of ten, so that no tail of a binary fraction is shown.
        let rounded =
            step >= 1
            ? (value / step).rounded() * step : (value * (1 / step).rounded()).rounded() / (1 / step).rounded()
        return rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
    }
}

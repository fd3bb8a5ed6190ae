public import Quantities

/// How many blocks are run.
public struct Repetitions: Sendable, Equatable {
    /// Blocks that are always run, at least 1.
    public var minimum: Int
    /// Blocks that are never exceeded, at most 1,000.
    public var maximum: Int
    /// The half width of each median's interval, relative to the median, at which no more blocks are needed.
    public var untilRelativeHalfWidth: Ratio?
    /// How long trials may take together: beyond the minimum no block is begun that would last longer than that.
    public var within: TimeSpan?

    /// Says how many blocks are run.
    public init(minimum: Int, maximum: Int, untilRelativeHalfWidth: Ratio? = nil, within: TimeSpan? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.untilRelativeHalfWidth = untilRelativeHalfWidth
        self.within = within
    }
}

extension Repetitions {
    private enum Key: String, CaseIterable {
        case minimum
        case maximum
        case untilRelativeHalfWidth
        case within
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let range = 1...1_000
        let minimum = keyed.require(.minimum, "a whole number from 1 to 1000") { $0.integer(in: range) }
        let maximum = keyed.require(.maximum, "a whole number from 1 to 1000") { $0.integer(in: range) }
        let smallest = Ratio(fraction: 0.001)
        let width = keyed[.untilRelativeHalfWidth]?.quantity(in: smallest...Ratio(fraction: 1))
        let within = keyed[.within]?.quantity(in: .seconds(1)...TimeSpan.minutes(7 * 24 * 60))
        guard let minimum, let maximum else { return nil }
        if maximum < minimum {
            keyed[.maximum]?.fail("the maximum is \(maximum), and below the minimum of \(minimum)")
        } else if maximum > minimum, keyed[.untilRelativeHalfWidth] == nil, keyed[.within] == nil {
            keyed.failMissing(
                .untilRelativeHalfWidth,
                "a maximum above the minimum needs a width to stop at, such as 5%, or a time to stop \"within\"; or make both the same"
            )
        }
        self.init(minimum: minimum, maximum: maximum, untilRelativeHalfWidth: width, within: within)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "minimum": .integer(minimum),
            "maximum": .integer(maximum),
            "untilRelativeHalfWidth": untilRelativeHalfWidth.map { .text($0) },
            "within": within.map { .text($0) },
        ])
    }
}

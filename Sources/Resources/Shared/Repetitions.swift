public import Quantities

/// How many blocks are run.
public struct Repetitions: Sendable, Equatable {
    /// Blocks that are always run, at least 1.
    public var minimum: Int
    /// Blocks that are never exceeded, at most 1,000.
    public var maximum: Int
    /// The half width of each median's interval, relative to the median, at which no more blocks are needed.
    public var untilRelativeHalfWidth: Ratio?

    /// Says how many blocks are run.
    public init(minimum: Int, maximum: Int, untilRelativeHalfWidth: Ratio? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.untilRelativeHalfWidth = untilRelativeHalfWidth
    }
}

extension Repetitions {
    private enum Key: String, CaseIterable {
        case minimum
        case maximum
        case untilRelativeHalfWidth
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let range = 1...1_000
        let minimum = keyed.require(.minimum, "a whole number from 1 to 1000") { $0.integer(in: range) }
        let maximum = keyed.require(.maximum, "a whole number from 1 to 1000") { $0.integer(in: range) }
        let smallest = Ratio(fraction: 0.001)
        let width = keyed[.untilRelativeHalfWidth]?.quantity(in: smallest...Ratio(fraction: 1))
        guard let minimum, let maximum else { return nil }
        if maximum < minimum {
            keyed[.maximum]?.fail("the maximum is \(maximum), and below the minimum of \(minimum)")
        } else if maximum > minimum, keyed[.untilRelativeHalfWidth] == nil {
            keyed.failMissing(
                .untilRelativeHalfWidth,
                "a maximum above the minimum needs a width to stop at, such as 5%; or make both the same"
            )
        }
        self.init(minimum: minimum, maximum: maximum, untilRelativeHalfWidth: width)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "minimum": .integer(minimum),
            "maximum": .integer(maximum),
            "untilRelativeHalfWidth": untilRelativeHalfWidth.map { .text($0) },
        ])
    }
}

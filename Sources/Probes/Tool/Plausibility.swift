import Quantities

/// Holds numbers of a measuring program against each other and against what can be; pure.
///
/// Each question answers with the reason why a number cannot be believed, or nil.
enum Plausibility {
    /// By how much a rate may differ from bytes by seconds: programs take their times at slightly different moments.
    static let rateTolerance = 0.05
    /// More than any link, bus or memory of one machine carries, in bit/s.
    static let largestBitRate = 1e14
    /// More than one a nanosecond is nothing that a processor does.
    static let largestCountRate = 1e9

    /// Whether a number is one at all, and not below 0.
    static func amount(_ name: String, _ value: Double) -> String? {
        value.isFinite && value >= 0 ? nil : "\(name) is \(value), which cannot be"
    }

    /// Whether a rate in bit/s is what its own bytes and seconds make of it.
    static func rate(_ name: String, _ rate: Double, bytes: Double, seconds: Double) -> String? {
        if let reason = amount("the rate \(name)", rate) ?? amount("the bytes \(name)", bytes) { return reason }
        guard seconds.isFinite, seconds > 0 else { return "the seconds \(name) are \(seconds), which cannot be" }
        let made = bytes * 8 / seconds
        guard abs(rate - made) <= max(rate, made) * rateTolerance else {
            return "it says \(text(rate)) bit/s \(name), and its own \(text(bytes)) bytes in \(text(seconds)) s make "
                + "\(text(made)) bit/s"
        }
        return rate <= largestBitRate ? nil : "it says \(text(rate)) bit/s \(name), which nothing carries"
    }

    /// Whether it took about as long as it was asked to.
    ///
    /// - Parameter slack: seconds that it may take longer for reasons of its own, beside a quarter.
    static func duration(_ seconds: Double, asked: Double, slack: Double = 2) -> String? {
        guard seconds.isFinite, seconds >= asked * 0.75 - 0.5, seconds <= asked * 1.25 + slack, seconds > 0 else {
            return "it says that it measured \(text(seconds)) s, and was asked for \(text(asked)) s"
        }
        return nil
    }

    /// Whether so many of a thing can have happened in the time.
    static func count(_ name: String, _ count: Double, seconds: Double) -> String? {
        if let reason = amount("the number of \(name)", count) { return reason }
        return count <= max(seconds, 1) * largestCountRate
            ? nil : "it counts \(text(count)) \(name) in \(text(seconds)) s, more than that time has room for"
    }

    /// Whether percentiles, in seconds and from the smallest, are in order and within the time.
    static func percentiles(_ percentiles: [(share: Double, value: Double)], within seconds: Double) -> String? {
        var before: (share: Double, value: Double)?
        for percentile in percentiles {
            let name = "the \(Int(percentile.share * 100))th percentile"
            if let reason = amount(name, percentile.value) { return reason }
            guard percentile.value <= seconds * 1.25 + 0.5 else {
                return "\(name) is \(text(percentile.value)) s of a test that took \(text(seconds)) s"
            }
            if let before, before.value > percentile.value {
                return "\(name) is \(text(percentile.value)) s, and the \(Int(before.share * 100))th is "
                    + "\(text(before.value)) s: percentiles go up"
            }
            before = percentile
        }
        return nil
    }

    /// Whether transactions that follow each other can have taken so long and been so many.
    ///
    /// The share of them above a percentile took at least that long each, one after the other. Twice the time is
    /// allowed, since a program's classes of latencies are coarse.
    static func sequence(
        rate: Double, share: Double, percentile: Double
    ) -> String? {
        guard rate * (1 - share) * percentile > 2 else { return nil }
        return "it says \(text(rate)) transactions/s one after the other, and that \(Int((1 - share) * 100)) % of them "
            + "took \(text(percentile)) s or more: that is longer than the time they had"
    }

    /// A number for people: whole where it is large, else with its digits.
    static func text(_ value: Double) -> String {
        value.isFinite && abs(value) >= 1_000 && abs(value) < 1e15 ? "\(Int64(value.rounded()))" : "\(value)"
    }
}

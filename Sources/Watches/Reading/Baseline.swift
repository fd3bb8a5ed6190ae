import Statistics

/// What a check's times are where nothing is wrong: learned from windows in which nothing was late.
///
/// Two numbers of fixed size, whatever the length of the watch.
struct Baseline: Sendable, Equatable {
    /// Nanoseconds.
    private(set) var time = 0.0
    /// The other clock less this one, in nanoseconds.
    private(set) var shift = 0.0
    private(set) var windows: UInt16 = 0

    /// How much a new window counts for.
    private static let weight = 0.2

    mutating func learn(time newTime: UInt64, shift newShift: Int64?) {
        // The first windows count alike; later ones move the baseline slowly.
        let weight = max(Self.weight, 1 / Double(windows + 1))
        time += (Double(newTime) - time) * weight
        if let newShift { shift += (Double(newShift) - shift) * weight }
        if windows < .max { windows += 1 }
    }

    /// Above how many nanoseconds a time is late; nil while the baseline is being learned.
    func limit(_ rules: WatchRules) -> UInt64? {
        guard Int(windows) >= rules.baselineWindows else { return nil }
        return UInt64(max(time * rules.latencyFactor, time + Double(rules.latencyExcess)))
    }
}

import Contract
import LinuxHost

/// Waits for the moment at which several probes are to begin together.
enum Beginning {
    /// At most so long at once, so that a stop is seen.
    private static let slice: UInt64 = 20_000_000

    /// Returns at the moment, or when the stop is tripped, and says how late that was.
    static func wait(for moment: UInt64, _ output: any ProbeOutput, _ stop: ProbeStop) async {
        let start = WallClock.monotonic(at: moment)
        while !stop.isTripped {
            let now = Clock.monotonicNanoseconds()
            guard now < start else { break }
            try? await Task.sleep(for: .nanoseconds(min(start - now, slice)))
        }
        let now = Clock.monotonicNanoseconds()
        output.emit(.sample(metric: ProbeMetrics.beginLag.name, value: Double(now > start ? now - start : 0) / 1e9))
    }
}

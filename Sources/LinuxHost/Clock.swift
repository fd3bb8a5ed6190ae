import Glibc

/// The one clock that durations are measured with.
public enum Clock {
    /// The monotonic clock in nanoseconds since an arbitrary start (`clock_gettime(CLOCK_MONOTONIC)`).
    public static func monotonicNanoseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }

    /// The time between two readings that follow each other, the median of a thousand: what a reading costs here, or
    /// the clock's step where that is longer.
    ///
    /// 0 for a clock that most readings find unmoved.
    public static func stepNanoseconds() -> UInt64 {
        let readings = (0...1000).map { _ in monotonicNanoseconds() }
        return zip(readings, readings.dropFirst()).map { $1 - $0 }.sorted()[500]
    }
}

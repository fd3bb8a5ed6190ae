import Glibc

/// The one clock that durations are measured with.
public enum Clock {
    /// The monotonic clock in nanoseconds since an arbitrary start (`clock_gettime(CLOCK_MONOTONIC)`).
    public static func monotonicNanoseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }
}

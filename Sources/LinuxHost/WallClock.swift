import Glibc

/// The clock of the world: only for a moment that several processes agree on.
public enum WallClock {
    /// Nanoseconds since 1970.
    public static func nanoseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }

    /// When the monotonic clock reads what such a moment is, as both clocks go now; 0 where that was before it began.
    public static func monotonic(at moment: UInt64) -> UInt64 {
        let (wall, monotonic) = (nanoseconds(), Clock.monotonicNanoseconds())
        guard moment < wall else { return monotonic + (moment - wall) }
        return monotonic - min(monotonic, wall - moment)
    }
}

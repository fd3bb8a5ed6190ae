/// When the requests of an open loop are to leave; pure arithmetic on the monotonic clock.
struct SendSchedule: Sendable {
    let start: UInt64
    /// The first intended time that is measured.
    let measuredFrom: UInt64
    /// No request is intended at or after this.
    let end: UInt64
    private let periodNanoseconds: Double

    init(start: UInt64, warmUp: UInt64, duration: UInt64, ratePerSecond: Double) {
        self.start = start
        measuredFrom = start + warmUp
        end = start + warmUp + duration
        periodNanoseconds = 1e9 / ratePerSecond
    }

    /// The intended time of a request, counted from 0; computed from the start so that no error adds up.
    @inline(__always)
    func intended(_ sequence: UInt64) -> UInt64 {
        start + UInt64(Double(sequence) * periodNanoseconds)
    }

    /// A send that is later than this after its time counts as missed: one period, but at least 100 us.
    var tolerance: UInt64 { UInt64(max(periodNanoseconds, 100_000)) }
}

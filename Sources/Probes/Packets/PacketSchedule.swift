/// When the batches of a step at a rate are to leave; pure arithmetic on the monotonic clock.
struct PacketSchedule: Sendable {
    let start: UInt64
    /// Nothing is sent at or after this.
    let end: UInt64
    /// How many datagrams leave together.
    let batch: Int
    /// How many there are.
    let total: UInt64
    private let periodNanoseconds: Double

    /// Datagrams of so long a time leave together: fewer system calls, and a burst that any queue has room for.
    private static let together = 25e-6

    init(start: UInt64, duration: UInt64, ratePerSecond: Double, largestBatch: Int) {
        self.start = start
        end = start + duration
        periodNanoseconds = 1e9 / ratePerSecond
        total = max(1, UInt64(ratePerSecond * Double(duration) / 1e9))
        batch = min(max(1, Int(ratePerSecond * Self.together)), largestBatch)
    }

    /// The intended time of a datagram, counted from 0; computed from the start so that no error adds up.
    @inline(__always)
    func intended(_ number: UInt64) -> UInt64 { start + UInt64(Double(number) * periodNanoseconds) }
}

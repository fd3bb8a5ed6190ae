/// The requests of an open loop that wait for their replies: a ring over their sequence numbers.
///
/// Sequence numbers go up by one; those from `oldest` up to `next` are open or already answered.
struct OpenRequests: ~Copyable {

    private let sentAt: UnsafeMutablePointer<UInt64>
    private let mask: UInt64
    /// The first that is not settled.
    private(set) var oldest: UInt64 = 0
    /// The next to be sent.
    private(set) var next: UInt64 = 0

    /// Room for at least this many open requests.
    init(capacity: Int) {
        // A power of two, so that a mask does what a division would.
        var size = 1_024
        while size < capacity { size *= 2 }
        sentAt = .allocate(capacity: size)
        sentAt.initialize(repeating: 0, count: size)
        mask = UInt64(size - 1)
    }

    deinit {
        sentAt.deallocate()
    }

    var isEmpty: Bool { oldest == next }

    var isFull: Bool { next - oldest > mask }

    /// Opens the next request; `now` must not be 0.
    @inline(__always)
    mutating func open(at now: UInt64) {
        sentAt[Int(next & mask)] = now
        next += 1
    }

    /// The full sequence number of a reply that carries only the low bits, or nil when none such can be open.
    @inline(__always)
    func resolve(_ low: UInt64, bits: Int) -> UInt64? {
        let window = bits >= 64 ? UInt64.max : (1 << UInt64(bits)) - 1
        // The one number from `oldest` on that ends in these bits.
        let candidate = oldest &+ ((low &- oldest) & window)
        return candidate < next ? candidate : nil
    }

    /// Settles a request; false when it was settled before, or given up.
    @inline(__always)
    mutating func close(_ sequence: UInt64) -> Bool {
        guard sequence >= oldest, sequence < next, sentAt[Int(sequence & mask)] != 0 else { return false }
        sentAt[Int(sequence & mask)] = 0
        while oldest < next, sentAt[Int(oldest & mask)] == 0 { oldest += 1 }
        return true
    }

    /// Gives up the oldest request when it was sent at least `timeout` ago, and returns its number.
    @inline(__always)
    mutating func expire(now: UInt64, timeout: UInt64) -> UInt64? {
        guard oldest < next, now >= sentAt[Int(oldest & mask)] &+ timeout else { return nil }
        let expired = oldest
        _ = close(expired)
        return expired
    }

    /// When the oldest request will be given up.
    func nextExpiry(timeout: UInt64) -> UInt64? {
        oldest < next ? sentAt[Int(oldest & mask)] &+ timeout : nil
    }
}

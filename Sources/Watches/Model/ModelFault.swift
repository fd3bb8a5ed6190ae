/// A fault that a model network is given: what is really wrong.
public struct ModelFault: Sendable, Hashable {
    /// What and where.
    public var cause: Cause
    /// The part of the packets that it hits, 0 to 1.
    public var share: Double
    /// How much later packets are, for ``NetworkFault/latency``, in nanoseconds.
    public var delay: UInt64

    /// A fault.
    public init(_ cause: Cause, share: Double = 1, delay: UInt64 = 10_000_000) {
        self.cause = cause
        self.share = share
        self.delay = delay
    }
}

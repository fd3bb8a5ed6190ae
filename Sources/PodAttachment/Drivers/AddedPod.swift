public import Quantities

/// What an ADD did, and when, on the monotonic clock in nanoseconds.
public struct AddedPod: Sendable {
    /// What the pod got, with the lengths of their prefixes.
    public let addresses: [CIDR]
    /// When it began.
    public let start: UInt64
    /// When it had ended.
    public let end: UInt64
}

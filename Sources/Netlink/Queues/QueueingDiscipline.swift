/// What decides which packet leaves a link next, as `tc qdisc` lists it.
public struct QueueingDiscipline: Sendable, Hashable, CustomStringConvertible {
    /// The kernel's word for it, such as `tbf`.
    public let kind: String
    /// The number of the link in its namespace.
    public let linkIndex: Int
    /// Its own number; 0 for one that the kernel gave the link by itself.
    public let handle: UInt32

    /// For example `tbf 8001:`.
    public var description: String { "\(kind) \(String(handle >> 16, radix: 16)):" }
}

/// A connection that the tracker is told of, though no packet of it was ever seen.
public struct ConntrackEntry: Sendable, Hashable {
    /// Who opened it.
    public var source: CompactAddress
    /// Whom it was opened to; of the same family.
    public var destination: CompactAddress
    /// The port of who opened it.
    public var sourcePort: UInt16
    /// The port that it was opened to.
    public var destinationPort: UInt16
    /// Seconds until the kernel forgets it; nothing makes it stay longer.
    public var timeoutSeconds: UInt32
    /// What it is known by, beside its addresses.
    public var mark: UInt32

    /// A connection of UDP.
    public init(
        source: CompactAddress, destination: CompactAddress, sourcePort: UInt16, destinationPort: UInt16,
        timeoutSeconds: UInt32, mark: UInt32
    ) {
        self.source = source
        self.destination = destination
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.timeoutSeconds = timeoutSeconds
        self.mark = mark
    }
}

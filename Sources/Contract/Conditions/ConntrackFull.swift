public import Quantities

/// Fills the connection tracker of a namespace: packets of new connections are dropped, and those that it knows go on.
public struct ConntrackFull: Condition, Hashable {
    /// The word in a plan.
    public static let kind = "conntrackFull"

    /// The most connections that a tracker is filled with: about 400 MiB of the kernel's memory, and some seconds.
    public static let mostEntries = 1_048_576

    /// A connection tracker that is full.
    public init() {}

    /// `the connection tracker is full`.
    public var words: String { "the connection tracker is full" }

    /// Nothing comes back of what is new.
    public var expectedEffect: ExpectedEffect? { ExpectedEffect(isSilence: true) }

    /// Datagrams of which each is the first of its connection.
    public func traffic(toward peer: IPAddress) -> PathTraffic? { PathTraffic(isFresh: true) }

    /// The tracker, and the packet filter, which has it look at packets.
    public var kernelFeatures: Set<KernelFeature> { [.conntrack, .nftables] }

    /// What loads the rule that has it look at packets.
    public var programs: Set<String> { ["nft"] }

    /// Connections are told one after the other.
    public var longestStart: Duration { .seconds(30) }
}

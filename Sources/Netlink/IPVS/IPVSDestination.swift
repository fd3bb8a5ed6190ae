import Quantities

/// A server behind a virtual service of IPVS.
public struct IPVSDestination: Sendable, Hashable, CustomStringConvertible {
    /// Where packets of the service are sent to.
    public var address: CompactAddress
    /// The port at the server, in host order; only masquerading rewrites a packet's own.
    public var port: UInt16
    /// How packets get there.
    public var forwarding: IPVSForwarding
    /// Its share of the connections; 0 gets no new ones.
    public var weight: UInt32
    /// Connections at which it gets no more; 0 is no limit.
    public var upperThreshold: UInt32
    /// Connections below which it gets some again.
    public var lowerThreshold: UInt32

    /// A destination.
    public init(
        _ address: CompactAddress, port: UInt16, forwarding: IPVSForwarding = .masquerade, weight: UInt32 = 1,
        upperThreshold: UInt32 = 0, lowerThreshold: UInt32 = 0
    ) {
        self.address = address
        self.port = port
        self.forwarding = forwarding
        self.weight = weight
        self.upperThreshold = upperThreshold
        self.lowerThreshold = lowerThreshold
    }

    /// `10.1.0.7:8080`.
    public var description: String { address.family == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)" }

    /// Whether it is the same server, whatever its weight.
    public func isSameServer(as other: IPVSDestination) -> Bool { address == other.address && port == other.port }
}

public import Quantities

/// Packets between two places by which it is measured what a condition does to them.
public struct PathTraffic: Sendable, Hashable {
    /// What carries them.
    public enum Carrier: String, Codable, Sendable, Hashable, CaseIterable {
        /// Numbered datagrams, which somebody sends back.
        case udp
        /// A connection, which sends again what is lost.
        case tcp
        /// Numbered echo requests, which the peer's kernel answers.
        case icmp
    }

    /// What carries them.
    public var carrier: Carrier
    /// The peer's port; nil is any that is free.
    public var peerPort: UInt16?
    /// The port on this side; nil is any that is free.
    public var ownPort: UInt16?
    /// Bytes of the whole packet, with the header of IP; nil is a small one.
    public var packetBytes: Int?
    /// Whether each is the first of its connection, from a port of its own; datagrams only.
    public var isFresh: Bool

    /// Such packets.
    public init(
        _ carrier: Carrier = .udp, peerPort: UInt16? = nil, ownPort: UInt16? = nil, packetBytes: Int? = nil,
        isFresh: Bool = false
    ) {
        self.carrier = carrier
        self.peerPort = peerPort
        self.ownPort = ownPort
        self.packetBytes = packetBytes
        self.isFresh = isFresh
    }
}

extension PathTraffic {
    /// Packets to a peer that one of the filters takes and none of the exempt does; nil where there are none to be sent.
    ///
    /// Without filters any datagrams will do.
    public init?(_ filters: [TrafficFilter], exempt: [TrafficFilter], toward peer: IPAddress) {
        let candidates = filters.isEmpty ? [PathTraffic()] : filters.compactMap { $0.traffic(toward: peer) }
        let others = filters.isEmpty ? [PathTraffic(.tcp), PathTraffic(.icmp)] : []
        guard
            let fit = (candidates + others).first(where: { traffic in
                !exempt.contains { $0.takes(traffic, toward: peer) }
            })
        else { return nil }
        self = fit
    }
}

extension TrafficFilter {
    /// Packets to this peer that it takes; nil where it takes none, or none that a probe sends, such as those of SCTP.
    func traffic(toward address: IPAddress) -> PathTraffic? {
        guard peer.map({ $0.contains(address) }) ?? true else { return nil }
        switch content {
        case nil, .udp: return PathTraffic(.udp, peerPort: peerPort, ownPort: ownPort)
        // A connection has its own port from the system: one that was just used cannot be used again.
        case .tcp: return ownPort == nil ? PathTraffic(.tcp, peerPort: peerPort) : nil
        case .icmp: return PathTraffic(.icmp)
        case .sctp: return nil
        }
    }

    /// Whether it takes such packets to this peer; a port that is free is none of those that it names.
    func takes(_ traffic: PathTraffic, toward address: IPAddress) -> Bool {
        guard peer.map({ $0.contains(address) }) ?? true else { return false }
        let ofKind = content == nil || content?.rawValue == traffic.carrier.rawValue
        return ofKind && (peerPort == nil || peerPort == traffic.peerPort)
            && (ownPort == nil || ownPort == traffic.ownPort)
    }
}

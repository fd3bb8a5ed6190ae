public import Quantities

/// Packets between this interface and a peer; all that is said has to be true of a packet.
///
/// The peer is where packets that leave go to and where packets that arrive come from, so that one filter fits both directions.
public struct TrafficFilter: Codable, Sendable, Hashable {
    /// What a packet carries.
    public enum Content: String, Codable, Sendable, Hashable, CaseIterable {
        case tcp
        case udp
        case sctp
        /// ICMP, and ICMPv6 with its neighbour discovery.
        case icmp
    }

    /// The network that the peer's address belongs to; nil for any of both families.
    public var peer: CIDR?
    /// What packets carry; nil for anything.
    public var content: Content?
    /// The peer's port; without a content TCP's and UDP's.
    public var peerPort: UInt16?
    /// The port on this side; without a content TCP's and UDP's.
    public var ownPort: UInt16?

    /// A filter.
    public init(peer: CIDR? = nil, content: Content? = nil, peerPort: UInt16? = nil, ownPort: UInt16? = nil) {
        self.peer = peer
        self.content = content
        self.peerPort = peerPort
        self.ownPort = ownPort
    }

    /// For people: `tcp to 10.0.0.0/8 port 80`.
    public var words: String {
        var parts = [content?.rawValue ?? "all"]
        if let peer { parts.append("with \(peer)") }
        if let peerPort { parts.append("peer's port \(peerPort)") }
        if let ownPort { parts.append("own port \(ownPort)") }
        return parts.joined(separator: " ")
    }

    func validate(at path: String) throws(PlanError) {
        guard peerPort != 0 else { throw PlanError(path: "\(path).peerPort", reason: "expected 1 to 65535, found 0") }
        guard ownPort != 0 else { throw PlanError(path: "\(path).ownPort", reason: "expected 1 to 65535, found 0") }
        if content == .icmp, let name = peerPort != nil ? "peerPort" : ownPort != nil ? "ownPort" : nil {
            throw PlanError(path: "\(path).\(name)", reason: "icmp has no ports; leave it out")
        }
        guard self != TrafficFilter() else {
            throw PlanError(
                path: path, reason: "lets everything through; say a peer, a content or a port, or leave it out")
        }
    }
}

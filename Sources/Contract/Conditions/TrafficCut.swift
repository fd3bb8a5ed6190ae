public import Quantities

/// Keeps packets of one interface from going on: all of them, some of them, or those above a size.
///
/// It is what a broken path, a firewall, a black hole of the path MTU, a dead name server, and a service without endpoints do.
public struct TrafficCut: Condition, Hashable {
    /// The word in a plan.
    public static let kind = "trafficCut"

    /// What becomes of the packets.
    public enum Answer: String, Codable, Sendable, Hashable, CaseIterable {
        /// They vanish; whoever sent them is told nothing.
        case drop
        /// Whoever sent them is told: a connection is reset, the rest gets an error of ICMP.
        case reject
    }

    /// What becomes of the packets.
    public var answer: Answer
    /// Which way they go.
    public var direction: ShapingDirection
    /// The interface in the namespace of the agent.
    public var interface: String
    /// Which packets, one filter or another; none for all of them.
    public var filters: [TrafficFilter]
    /// Packets that are left alone whatever the filters say.
    public var exempt: [TrafficFilter]
    /// Only packets with more bytes than this, the header of IP among them; nil is any.
    public var above: Int?

    /// The smallest packet that every host has to take (RFC 791), and the largest that there is.
    public static let sizes = 68...65_534

    /// A cut of all packets that leave by `eth0`, unless said otherwise.
    public init(
        _ answer: Answer = .drop, direction: ShapingDirection = .egress, interface: String = "eth0",
        filters: [TrafficFilter] = [], exempt: [TrafficFilter] = [], above: Int? = nil
    ) {
        self.answer = answer
        self.direction = direction
        self.interface = interface
        self.filters = filters
        self.exempt = exempt
        self.above = above
    }

    /// Packets above a size vanish, and nobody sends the error that path MTU discovery waits for.
    public static func blackHole(above bytes: Int, interface: String = "eth0") -> TrafficCut {
        TrafficCut(.drop, interface: interface, above: bytes)
    }

    /// Queries to name servers vanish, over UDP and TCP.
    public static func deadDNS(interface: String = "eth0") -> TrafficCut {
        TrafficCut(.drop, interface: interface, filters: [TrafficFilter(peerPort: 53)])
    }

    /// What clients of a service find that has no endpoint: every mode of kube-proxy refuses then.
    public static func serviceWithoutEndpoints(
        _ address: IPAddress, port: UInt16, transport: Transport = .tcp, interface: String = "eth0"
    ) -> TrafficCut {
        let peer = CIDR(address, clampedPrefixLength: address.family.bits)
        let content: TrafficFilter.Content = transport == .tcp ? .tcp : .udp
        return TrafficCut(
            .reject, interface: interface, filters: [TrafficFilter(peer: peer, content: content, peerPort: port)])
    }

    /// Such as `packets above 1200 bytes vanish on egress of eth0`.
    public var words: String {
        let way = direction == .both ? "both directions" : direction.rawValue
        let what = above.map { "packets above \($0) bytes" } ?? "packets"
        var words = "\(what) \(answer == .drop ? "vanish" : "are refused") on \(way) of \(interface)"
        if !filters.isEmpty { words += " for \(filters.map(\.words).joined(separator: ", "))" }
        if !exempt.isEmpty { words += " but for \(exempt.map(\.words).joined(separator: ", "))" }
        return words
    }

    /// Nothing comes back of what it keeps.
    public var expectedEffect: ExpectedEffect? { ExpectedEffect(isSilence: true) }

    /// Packets that it keeps, large enough where it is about sizes.
    public func traffic(toward peer: IPAddress) -> PathTraffic? {
        guard var traffic = PathTraffic(filters, exempt: exempt, toward: peer) else { return nil }
        traffic.packetBytes = above.map { $0 + 1 }
        return traffic
    }

    /// The packet filter.
    public var kernelFeatures: Set<KernelFeature> { [.nftables] }

    /// What loads its rules.
    public var programs: Set<String> { ["nft"] }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try InterfaceName.validate(interface, at: "probe.interface")
        try TrafficFilter.validate(filters, exempt: exempt)
        if let above, !Self.sizes.contains(above) {
            throw PlanError(
                path: "probe.above",
                reason: "expected \(Self.sizes.lowerBound) to \(Self.sizes.upperBound) bytes, found \(above)")
        }
    }
}

extension TrafficFilter {
    /// The most filters, of both lists together.
    public static let limit = 1_000

    /// Finds the first filter that cannot be carried out.
    static func validate(_ filters: [TrafficFilter], exempt: [TrafficFilter]) throws(PlanError) {
        guard filters.count + exempt.count <= limit else {
            throw PlanError(
                path: "probe.filters",
                reason: "expected at most \(limit) with the exempt, found \(filters.count + exempt.count)")
        }
        for (index, filter) in filters.enumerated() { try filter.validate(at: "probe.filters.\(index)") }
        for (index, filter) in exempt.enumerated() { try filter.validate(at: "probe.exempt.\(index)") }
    }
}

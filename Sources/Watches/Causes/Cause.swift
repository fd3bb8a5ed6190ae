public import Contract

/// What is wrong, and where.
public struct Cause: Sendable, Hashable, Codable {
    /// What is wrong.
    public var fault: NetworkFault
    /// Where.
    public var seat: Seat
    /// The only kind of check that meets it; nil where every kind does.
    public var kind: CheckKind?

    /// A cause.
    public init(_ fault: NetworkFault, at seat: Seat, kind: CheckKind? = nil) {
        self.fault = fault
        self.seat = seat
        self.kind = kind
    }

    /// Under what it is followed from window to window.
    var tracked: Cause { Cause(fault, at: seat.merged) }
}

extension WatchMap {
    /// What sort of place it is, such as `link`, and its name, such as `node1 → node2`.
    public func words(for seat: Seat) -> (sort: String, name: String) {
        switch seat {
        case .node(let node, _): ("node", nodes[node])
        case .link(let from, let to): ("link", "\(nodes[from]) → \(nodes[to])")
        case .pair(let one, let other): ("pair", "\(nodes[one]) – \(nodes[other])")
        case .spot(let spot, _): ("place", spots[spot].name)
        case .spotLink(let from, let to): ("link", "\(spots[from].name) → \(spots[to].name)")
        case .spotPair(let one, let other): ("pair", "\(spots[one].name) – \(spots[other].name)")
        case .service(let service): (services[service].isResolver ? "dns" : "service", services[service].name)
        case .serviceFrom(let spot, let service):
            (services[service].isResolver ? "dns" : "service", "\(spots[spot].name) → \(services[service].name)")
        }
    }
}

import Contract
import Foundation

/// Explains what checks met in a window by as few causes as make it likely.
///
/// A fact of `n` packets fails by a chance that follows from the causes on its way: `1 - (1 - noise) · Π(1 - share)^crossings`.
/// Causes are taken one by one, each the one that makes the facts most more likely (greedy cover by likelihood), until none pays
/// for itself; then those go that the others have made needless, such as a node once each of its faulty links is named.
struct Localiser: Sendable {
    /// A cause with how much of it there is.
    struct Explained: Sendable {
        let cause: Cause
        /// The part of the packets that it hits, 0 to 1.
        let share: Double
        /// By how much it makes the facts more likely, in nats.
        let gain: Double
    }

    let map: WatchMap
    let rules: WatchRules
    private let reach: CauseReach

    init(map: WatchMap, rules: WatchRules) {
        self.map = map
        self.rules = rules
        reach = CauseReach(map: map)
    }

    /// The causes of a window; those that are followed already need less to be believed.
    func causes(of table: FactTable, followed: Set<Cause>) -> [Explained] {
        var work = LocalisingWork(localiser: self, reach: reach, table: table, followed: followed)
        return work.run()
    }

    /// What a cause has to gain: more than the best of so many could gain by chance.
    func price(of cause: Cause, followed: Set<Cause>) -> Double {
        let full = rules.confidence + log(Double(max(map.checks.count, 1)))
        // One kind of check alone is a narrower claim, and is made where the wider one does not hold.
        let narrow = cause.kind == nil ? 0 : 2.0
        return (followed.contains(cause.tracked) ? full / 2 : full) + narrow
    }

    func noise(of grief: Fact.Grief) -> Double { grief == .late ? rules.slowNoise : rules.noise }

    func leastShare(of fault: NetworkFault) -> Double { fault == .latency ? rules.leastSlow : rules.leastLoss }

    /// Every cause that could explain a fact.
    func candidates(for fact: Fact) -> [Cause] {
        let check = map.checks[Int(fact.check)]
        let seats: [Seat]
        switch check.target {
        case .spot(let target): seats = self.seats(from: check.source, to: target, fact.path)
        case .service(let service):
            seats =
                [.service(service), .serviceFrom(spot: check.source, service: service)]
                + (map.spots[check.source].isPod || map.spotsOfNode[map.spots[check.source].node] > 1
                    ? [.spot(check.source)] : [])
                + [.node(map.spots[check.source].node, .both)]
                + Set(map.services[service].nodes).map { .node($0, .both) }
                + Set(map.services[service].spots).filter { $0 != check.source }.map { .spot($0) }
        }
        switch fact.grief {
        case .late: return seats.map { Cause(.latency, at: $0) }
        case .lostLarge: return seats.map { Cause(.mtu, at: $0) } + seats.map { Cause(.loss, at: $0) }
        case .lost:
            let any = seats.map { Cause(.loss, at: $0) }
            return check.kind.isService ? any : any + seats.map { Cause(.loss, at: $0, kind: check.kind) }
        }
    }

    private func seats(from source: Int, to target: Int, _ path: Fact.Path) -> [Seat] {
        let ends = path == .reverse ? (target, source) : (source, target)
        let (one, other) = (map.spots[ends.0].node, map.spots[ends.1].node)
        var seats: [Seat] = []
        if one != other {
            seats = [
                .pair(min(one, other), max(one, other)), .link(from: one, to: other),
                .node(one, .both), .node(other, .both), .node(one, .out), .node(other, .into),
            ]
            if path == .round { seats += [.link(from: other, to: one), .node(one, .into), .node(other, .out)] }
        }
        // Where a node has one place, the two are the same.
        guard map.spotsOfNode[one] > 1 || map.spotsOfNode[other] > 1 || one == other else { return seats }
        seats += [
            .spot(ends.0), .spot(ends.1), .spot(ends.0, .out), .spot(ends.1, .into),
            .spotLink(from: ends.0, to: ends.1),
            .spotPair(min(ends.0, ends.1), max(ends.0, ends.1)),
        ]
        if path == .round {
            seats += [.spotLink(from: ends.1, to: ends.0), .spot(ends.0, .into), .spot(ends.1, .out)]
        }
        return seats
    }
}

public import Contract
import Foundation
import Statistics

/// A network that is worked out and not there: what agents would count in it, with faults that are known.
///
/// It follows each packet through what it passes, and shares nothing with the analysis but the map. Times are of 60 to 300 µs by
/// pair, spread by a fifth, one in five hundred late by up to 20 ms as a busy machine makes them; clocks have nothing in common
/// and drift apart.
public struct ModelNetwork: Sendable {
    /// What is watched.
    public let map: WatchMap
    /// Attempts of each check in a window.
    public let attempts: Int
    /// The part of the packets that is lost where nothing is wrong.
    public let noise: Double

    private var generator: SeededGenerator
    /// Attempts of a window that come before its faults.
    private var spared = 0
    private let clocks: [Double]
    private let drifts: [Double]
    private let ofSpot: [[Int]]

    /// A network of a map; the seed gives the same packets again.
    public init(_ map: WatchMap, attempts: Int = 10, noise: Double = 0.0001, seed: UInt64) {
        self.map = map
        self.attempts = attempts
        self.noise = noise
        var generator = SeededGenerator(seed: seed)
        clocks = map.nodes.map { _ in Double(generator.next() >> 20) }
        // Parts in a million of nanoseconds a second: what is left of a quartz under a time service.
        drifts = map.nodes.map { _ in Double(generator.index(below: 2_001)) - 1_000 }
        var ofSpot = [[Int]](repeating: [], count: map.spots.count)
        for (number, check) in map.checks.enumerated() { ofSpot[check.source].append(number) }
        self.ofSpot = ofSpot
        self.generator = generator
    }

    /// Draws the packets from now on from another seed.
    public mutating func reseed(_ seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// What all agents say of one window of so many seconds.
    ///
    /// The faults begin after a part of the window, 0 to 1.
    public mutating func windows(
        at index: Int, seconds: Double = 5, faults: [ModelFault] = [], after part: Double = 0
    ) -> [AgentWindow] {
        let marked = marks(faults)
        spared = Int((part * Double(attempts)).rounded())
        var arrivals = [[AgentWindow.Arrival]](repeating: [], count: map.spots.count)
        var found: [AgentWindow] = []
        found.reserveCapacity(map.spots.count)
        for spot in map.spots.indices {
            var checks: [CheckWindow] = []
            checks.reserveCapacity(ofSpot[spot].count)
            for number in ofSpot[spot] {
                checks.append(
                    count(number, at: Double(index) * seconds, marked.touches(map, number) ? faults : [], &arrivals))
            }
            found.append(AgentWindow(place: spot, index: index, checks: checks))
        }
        for spot in found.indices { found[spot].arrivals = arrivals[spot] }
        return found
    }

    // MARK: Faults

    /// Nodes and services that a fault touches: all others are worked out the quick way.
    private struct Marks {
        var nodes: Set<Int> = []
        var services: Set<Int> = []

        func touches(_ map: WatchMap, _ number: Int) -> Bool {
            guard !nodes.isEmpty || !services.isEmpty else { return false }
            let check = map.checks[number]
            if nodes.contains(map.spots[check.source].node) { return true }
            switch check.target {
            case .spot(let spot): return nodes.contains(map.spots[spot].node)
            case .service(let service):
                return services.contains(service) || map.services[service].nodes.contains { nodes.contains($0) }
            }
        }
    }

    private func marks(_ faults: [ModelFault]) -> Marks {
        var marks = Marks()
        for fault in faults {
            switch fault.cause.seat {
            case .node(let node, _): marks.nodes.insert(node)
            case .link(let one, let other), .pair(let one, let other): marks.nodes.formUnion([one, other])
            case .spot(let spot, _): marks.nodes.insert(map.spots[spot].node)
            case .spotLink(let one, let other), .spotPair(let one, let other):
                marks.nodes.formUnion([map.spots[one].node, map.spots[other].node])
            case .service(let service), .serviceFrom(_, let service): marks.services.insert(service)
            }
        }
        return marks
    }

    /// Whether a packet from one place to another passes the fault.
    private func passes(_ seat: Seat, _ from: Int, _ to: Int) -> Bool {
        let (one, other) = (map.spots[from].node, map.spots[to].node)
        switch seat {
        case .node(let node, .both): return one != other && (one == node || other == node)
        case .node(let node, .out): return one != other && one == node
        case .node(let node, .into): return one != other && other == node
        case .link(let start, let end): return one == start && other == end
        case .pair(let first, let second): return (one == first && other == second) || (one == second && other == first)
        case .spot(let spot, .both): return from == spot || to == spot
        case .spot(let spot, .out): return from == spot
        case .spot(let spot, .into): return to == spot
        case .spotLink(let start, let end): return from == start && to == end
        case .spotPair(let first, let second):
            return (from == first && to == second) || (from == second && to == first)
        case .service, .serviceFrom: return false
        }
    }

    // MARK: Packets

    private mutating func chance() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

    /// Whether one packet arrives, and by how much later.
    private mutating func send(
        from: Int, to: Int, isLarge: Bool, kind: CheckKind, _ faults: [ModelFault]
    ) -> UInt64? {
        if chance() < noise { return nil }
        var late: UInt64 = 0
        for fault in faults where passes(fault.cause.seat, from, to) {
            if let only = fault.cause.kind, only != kind, only != kind.carrier { continue }
            switch fault.cause.fault {
            case .loss: if chance() < fault.share { return nil }
            case .mtu: if isLarge, chance() < fault.share { return nil }
            case .latency: if chance() < fault.share { late += fault.delay }
            default: break
            }
        }
        return late
    }

    private mutating func count(
        _ number: Int, at time: Double, _ faults: [ModelFault], _ arrivals: inout [[AgentWindow.Arrival]]
    ) -> CheckWindow {
        let check = map.checks[number]
        var arrived = 0
        var answered = 0
        var times: [UInt64] = []
        var shifts: [Int64] = []
        for attempt in 0..<attempts {
            let faults = attempt < spared ? [] : faults
            switch check.target {
            case .spot(let target):
                guard
                    let there = send(
                        from: check.source, to: target, isLarge: check.kind == .mtu, kind: check.kind, faults)
                else { continue }
                arrived += 1
                guard let back = send(from: target, to: check.source, isLarge: false, kind: check.kind, faults) else {
                    continue
                }
                answered += 1
                guard check.kind == .udp else { continue }
                let (out, home) = (way(check.source, target), way(target, check.source))
                times.append(out + home + there + back)
                shifts.append(
                    Int64(clock(target, time) - clock(check.source, time)) + Int64(out) + Int64(there))
            case .service(let service):
                if asks(service, from: check.source, check.kind, faults) { answered += 1 }
            }
        }
        if case .spot(let target) = check.target, check.kind.isCounted, arrived > 0 {
            arrivals[target].append(AgentWindow.Arrival(check: number, count: arrived))
        }
        shifts.sort()
        return CheckWindow(
            check: number, sent: attempts, answered: answered,
            failures: answered < attempts ? [.timedOut: attempts - answered] : [:],
            shift: shifts.isEmpty ? nil : shifts[shifts.count / 2], times: LogBuckets.pairs(times))
    }

    private mutating func asks(_ service: Int, from source: Int, _ kind: CheckKind, _ faults: [ModelFault]) -> Bool {
        for fault in faults where fault.cause.fault == .loss {
            let isHere =
                fault.cause.seat == .service(service)
                || fault.cause.seat == .serviceFrom(spot: source, service: service)
            if isHere, chance() < fault.share { return false }
        }
        let homes = map.services[service].nodes
        guard !homes.isEmpty else { return chance() >= noise }
        // Where only the endpoint's node is known, any place there will do.
        let number = generator.index(below: homes.count)
        let spots = map.services[service].spots
        let place = spots.isEmpty ? map.spots.firstIndex { $0.node == homes[number] } : spots[number % spots.count]
        guard let endpoint = place else { return true }
        return send(from: source, to: endpoint, isLarge: false, kind: kind, faults) != nil
            && send(from: endpoint, to: source, isLarge: false, kind: kind, faults) != nil
    }

    private func clock(_ spot: Int, _ time: Double) -> Double {
        let node = map.spots[spot].node
        return clocks[node] + drifts[node] * time
    }

    /// Nanoseconds of one way.
    private mutating func way(_ from: Int, _ to: Int) -> UInt64 {
        var pair = SeededGenerator(seed: UInt64(map.spots[from].node &* 65_537 &+ map.spots[to].node))
        let base = 30_000 + Double(pair.index(below: 120_000))
        // The sum of three even draws is near enough to a bell.
        let spread = (chance() + chance() + chance() - 1.5) * 0.4
        let burst = generator.index(below: 500) == 0 ? chance() * 20e6 : 0
        return UInt64(base * (1 + spread) + burst)
    }
}

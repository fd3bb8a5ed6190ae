import Contract

/// Which facts a cause would explain: pure geometry of the map.
struct CauseReach: Sendable {
    let map: WatchMap

    /// How often a packet of the fact crosses what a cause is about, and with which chance it goes there at all.
    struct Crossing: Equatable {
        var times: Int
        var chance: Double

        static let never = Crossing(times: 0, chance: 0)
    }

    /// The checks among which all facts are that the cause could explain.
    func checks(of seat: Seat) -> [Int32] {
        switch seat {
        case .node(let node, _): return checks(ofNode: node)
        case .link(let from, let to), .pair(let from, let to):
            // A check between the two is on the lists of both; one of a service is on that of its source.
            let (one, other) = (map.checksOfNode[from], map.checksOfNode[to])
            let (short, long) = one.count < other.count ? (one, other) : (other, one)
            return map.services.isEmpty ? short : short + long.filter { map.checks[Int($0)].kind.isService }
        case .spot(let spot, _): return checks(ofNode: map.spots[spot].node)
        case .serviceFrom(let spot, _): return map.checksOfNode[map.spots[spot].node]
        case .spotLink(let from, let to), .spotPair(let from, let to):
            return checks(of: .pair(map.spots[from].node, map.spots[to].node))
        case .service(let service): return map.checksOfService[service]
        }
    }

    /// Those that start or end on a node, and those of services that may be answered there.
    private func checks(ofNode node: Int) -> [Int32] {
        let behind = map.servicesOfNode[node].flatMap { service in
            map.checksOfService[service].filter { map.spots[map.checks[Int($0)].source].node != node }
        }
        return behind.isEmpty ? map.checksOfNode[node] : map.checksOfNode[node] + behind
    }

    func crossing(of fact: Fact, by cause: Cause) -> Crossing {
        let check = map.checks[Int(fact.check)]
        if let kind = cause.kind, kind != check.kind, kind != check.kind.carrier { return .never }
        switch (cause.fault, fact.grief) {
        case (.loss, .lost), (.loss, .lostLarge), (.latency, .late), (.mtu, .lostLarge): break
        default: return .never
        }
        switch check.target {
        case .spot(let target): return crossing(from: check.source, to: target, fact.path, cause.seat)
        case .service(let service): return crossing(from: check.source, toService: service, cause.seat)
        }
    }

    private func crossing(from source: Int, to target: Int, _ path: Fact.Path, _ seat: Seat) -> Crossing {
        let ends = path == .reverse ? (target, source) : (source, target)
        let nodes = (map.spots[ends.0].node, map.spots[ends.1].node)
        // A packet that stays on its node leaves it by no link.
        let isLocal = nodes.0 == nodes.1
        func times(_ out: Bool, _ into: Bool) -> Crossing {
            let count = path == .round ? (out ? 1 : 0) + (into ? 1 : 0) : out ? 1 : 0
            return Crossing(times: count, chance: 1)
        }
        func crossing(_ way: Seat.Way, leaves: Bool, enters: Bool) -> Crossing {
            switch way {
            case .both:
                guard leaves || enters else { return .never }
                return Crossing(times: path == .round ? 2 : 1, chance: 1)
            case .out: return times(leaves, enters)
            case .into: return times(enters, leaves)
            }
        }
        switch seat {
        case .node(let node, let way):
            guard !isLocal else { return .never }
            return crossing(way, leaves: nodes.0 == node, enters: nodes.1 == node)
        case .link(let from, let to):
            return times(nodes.0 == from && nodes.1 == to, nodes.1 == from && nodes.0 == to)
        case .pair(let one, let other):
            let isHere = (nodes.0 == one && nodes.1 == other) || (nodes.0 == other && nodes.1 == one)
            return isHere && !isLocal ? Crossing(times: path == .round ? 2 : 1, chance: 1) : .never
        case .spot(let spot, let way):
            return crossing(way, leaves: ends.0 == spot, enters: ends.1 == spot)
        case .spotLink(let from, let to):
            return times(ends.0 == from && ends.1 == to, ends.1 == from && ends.0 == to)
        case .spotPair(let one, let other):
            let isHere = (ends.0 == one && ends.1 == other) || (ends.0 == other && ends.1 == one)
            return isHere ? Crossing(times: path == .round ? 2 : 1, chance: 1) : .never
        case .service, .serviceFrom: return .never
        }
    }

    private func crossing(from source: Int, toService service: Int, _ seat: Seat) -> Crossing {
        switch seat {
        case .service(let other): return other == service ? Crossing(times: 1, chance: 1) : .never
        case .serviceFrom(let spot, let other):
            return spot == source && other == service ? Crossing(times: 1, chance: 1) : .never
        case .spot(let spot, let way):
            let chance = spot == source ? 1 : self.chance(of: spot, behind: service)
            return chance > 0 ? Crossing(times: way == .both ? 2 : 1, chance: chance) : .never
        case .spotLink(let from, let to), .spotPair(let from, let to):
            guard source == from || source == to else { return .never }
            let chance = self.chance(of: source == from ? to : from, behind: service)
            guard chance > 0 else { return .never }
            if case .spotPair = seat { return Crossing(times: 2, chance: chance) }
            return Crossing(times: 1, chance: chance)
        case .node(let node, let way):
            let homes = map.services[service].nodes
            let isSource = map.spots[source].node == node
            // The endpoint is drawn for each connection. One on the node itself is reached without leaving it.
            let here = homes.isEmpty ? 0 : Double(homes.count { $0 == node }) / Double(homes.count)
            let chance = isSource ? 1 - here : here
            return chance > 0 ? Crossing(times: way == .both ? 2 : 1, chance: chance) : .never
        case .link(let from, let to), .pair(let from, let to):
            let homes = map.services[service].nodes
            let home = map.spots[source].node
            guard !homes.isEmpty, home == from || home == to else { return .never }
            let other = home == from ? to : from
            let chance = Double(homes.count { $0 == other }) / Double(homes.count)
            guard chance > 0 else { return .never }
            if case .pair = seat { return Crossing(times: 2, chance: chance) }
            return Crossing(times: 1, chance: chance)
        }
    }

    /// How likely a connection to a service is answered at a place; 0 where its endpoints are not known.
    private func chance(of spot: Int, behind service: Int) -> Double {
        let spots = map.services[service].spots
        return spots.isEmpty ? 0 : Double(spots.count { $0 == spot }) / Double(spots.count)
    }
}

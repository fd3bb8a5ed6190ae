import Contract

/// What the kernels of the places say of themselves, as causes; pure.
struct LocalCauses: Sendable {
    let map: WatchMap
    let rules: WatchRules

    /// The causes of a window with their words.
    func causes(of windows: [AgentWindow]) -> [(cause: Cause, words: String)] {
        var found: [(Cause, String)] = []
        let usual = usualMTUs(windows)
        for window in windows where map.spots.indices.contains(window.place) {
            guard let reading = window.reading else { continue }
            func add(_ fault: NetworkFault, _ words: String) {
                found.append((Cause(fault, at: .spot(window.place)), words))
            }
            if let entries = reading.trackedConnections, let limit = reading.trackedLimit, limit > 0,
                Double(entries) >= Double(limit) * rules.trackedShare
            {
                add(.conntrackFull, "\(entries) of \(limit) connections are tracked")
            }
            let drops = reading.linkDrops.filter { $0.value >= rules.linkDrops }.sorted { $0.key < $1.key }
            if !drops.isEmpty {
                add(.linkDrops, drops.map { "\($0.key) dropped \($0.value) packets" }.joined(separator: ", "))
            }
            if reading.listenOverflows > 0 {
                add(.listenOverflow, "\(reading.listenOverflows) connections found a listener's queue full")
            }
            if reading.backlogDrops > 0 {
                add(.backlogDrops, "processors dropped \(reading.backlogDrops) packets for a full backlog")
            }
            for (link, mtu) in reading.mtus.sorted(by: { $0.key < $1.key }) {
                let key = LinkKey(name: link, isPod: map.spots[window.place].isPod)
                if let expected = usual[key], expected != mtu {
                    add(.mtuMismatch, "\(link) has an MTU of \(mtu), and \(expected) elsewhere")
                }
            }
            if !reading.missingRoutes.isEmpty {
                add(.missingRoute, "no route to \(reading.missingRoutes.sorted().joined(separator: ", "))")
            }
        }
        return found
    }

    private struct LinkKey: Hashable {
        let name: String
        let isPod: Bool
    }

    /// The MTU that more than half of the links of a name have, where there are three or more.
    private func usualMTUs(_ windows: [AgentWindow]) -> [LinkKey: Int] {
        var counts: [LinkKey: [Int: Int]] = [:]
        for window in windows where map.spots.indices.contains(window.place) {
            for (link, mtu) in window.reading?.mtus ?? [:] {
                counts[LinkKey(name: link, isPod: map.spots[window.place].isPod), default: [:]][mtu, default: 0] += 1
            }
        }
        return counts.compactMapValues { sizes in
            let total = sizes.values.reduce(0, +)
            return total < 3 ? nil : sizes.first { $0.value * 2 > total }?.key
        }
    }
}

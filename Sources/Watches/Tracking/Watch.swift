public import Contract

/// Watches a network window by window: what is at fault, where, since when, and when it was over.
///
/// Its state has a fixed size for each check and each cause that is followed, whatever the length of the watch; findings that are
/// over are kept.
public struct Watch: Sendable {
    /// What is watched.
    public let map: WatchMap
    /// When something counts as wrong.
    public let rules: WatchRules
    /// What was found and is over, in the order of its end.
    public private(set) var closed: [WatchFinding] = []
    /// The latest window that was taken in; -1 before the first.
    public private(set) var latest = -1

    private var reader: FactReader
    private let localiser: Localiser
    private let local: LocalCauses
    private let reach: CauseReach
    private var trackers: [Cause: Tracker] = [:]

    /// A watch that has seen nothing.
    public init(_ map: WatchMap, rules: WatchRules = WatchRules()) {
        self.map = map
        self.rules = rules
        reader = FactReader(map: map, rules: rules)
        localiser = Localiser(map: map, rules: rules)
        local = LocalCauses(map: map, rules: rules)
        reach = CauseReach(map: map)
    }

    /// What goes on now.
    public var open: [WatchFinding] {
        trackers.compactMap { cause, tracker in
            tracker.opened.map {
                WatchFinding(
                    cause: Self.shown(cause, tracker), began: tracker.began, opened: $0, evidence: tracker.evidence)
            }
        }.sorted { ($0.opened, map.words(for: $0.cause.seat).name) < ($1.opened, map.words(for: $1.cause.seat).name) }
    }

    /// Everything that was found, by the window in which it was certain.
    public var findings: [WatchFinding] { (closed + open).sorted { $0.opened < $1.opened } }

    /// Takes in what all agents said of one window; windows come in order, and an agent that is silent is left out.
    public mutating func take(_ windows: [AgentWindow], index: Int) {
        latest = index
        let table = reader.read(windows)
        let explained = localiser.causes(of: table, followed: Set(trackers.keys))
        let sums = WindowSums(windows)
        var hit: Set<Cause> = []
        for one in explained {
            let key = one.cause.tracked
            // A node or a place of which two ways are at fault is one at fault.
            guard hit.insert(key).inserted else { continue }
            trackers[key, default: Tracker()].hit(at: index, rules)
            trackers[key]?.evidence.add(one, table, reach, sums)
        }
        for (cause, words) in local.causes(of: windows) {
            hit.insert(cause)
            trackers[cause, default: Tracker()].hit(at: index, rules)
            trackers[cause]?.evidence.words = words
        }
        let reporting = Set(windows.lazy.filter { $0.reading != nil }.map(\.place))
        for cause in Array(trackers.keys) where !hit.contains(cause) {
            let hasData = hasData(on: cause, table, reporting)
            guard trackers[cause]?.miss(hasData: hasData, rules) == true,
                let tracker = trackers.removeValue(forKey: cause)
            else { continue }
            if let opened = tracker.opened {
                closed.append(
                    WatchFinding(
                        cause: Self.shown(cause, tracker), began: tracker.began, opened: opened,
                        ended: tracker.lastSeen, evidence: tracker.evidence))
            }
        }
    }

    /// The likeliest way at a node, where that is not both.
    private static func shown(_ cause: Cause, _ tracker: Tracker) -> Cause {
        guard let way = tracker.evidence.ways.max(by: { $0.value < $1.value })?.key else { return cause }
        return Cause(cause.fault, at: cause.seat.going(way))
    }

    private func hasData(on cause: Cause, _ table: FactTable, _ reporting: Set<Int>) -> Bool {
        guard cause.fault.isObserved else {
            if case .spot(let spot, _) = cause.seat { return reporting.contains(spot) }
            return true
        }
        return reach.checks(of: cause.seat).contains { check in
            table.range(of: Int(check)).contains {
                table.facts[$0].trials > 0 && reach.crossing(of: table.facts[$0], by: cause).times > 0
            }
        }
    }
}

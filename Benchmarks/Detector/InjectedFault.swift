import Contract
import Statistics
import Watches

/// A kind of fault that is put into a model network at a place drawn at random.
struct InjectedFault: Sendable {
    let title: String
    let make: @Sendable (WatchMap, inout SeededGenerator) -> ModelFault

    static let all: [InjectedFault] = [
        InjectedFault(title: "node loss, all") { ModelFault(Cause(.loss, at: .node(node($0, &$1), .both))) },
        InjectedFault(title: "node loss, 20 %") {
            ModelFault(Cause(.loss, at: .node(node($0, &$1), .both)), share: 0.2)
        },
        InjectedFault(title: "link loss, all") {
            let (from, to) = edge($0, &$1)
            return ModelFault(Cause(.loss, at: .link(from: from, to: to)))
        },
        InjectedFault(title: "link loss, 40 %") {
            let (from, to) = edge($0, &$1)
            return ModelFault(Cause(.loss, at: .link(from: from, to: to)), share: 0.4)
        },
        InjectedFault(title: "pair loss, all") {
            let (from, to) = edge($0, &$1)
            return ModelFault(Cause(.loss, at: .pair(min(from, to), max(from, to))))
        },
        InjectedFault(title: "service loss, all") { map, _ in ModelFault(Cause(.loss, at: .service(service(map)))) },
        InjectedFault(title: "service loss, 20 %") { map, _ in
            ModelFault(Cause(.loss, at: .service(service(map))), share: 0.2)
        },
        InjectedFault(title: "dns loss, all") { map, _ in ModelFault(Cause(.loss, at: .service(resolver(map)))) },
        InjectedFault(title: "dns loss, 20 %") { map, _ in
            ModelFault(Cause(.loss, at: .service(resolver(map))), share: 0.2)
        },
        InjectedFault(title: "node mtu") { ModelFault(Cause(.mtu, at: .node(node($0, &$1), .both))) },
        InjectedFault(title: "link mtu") {
            let (from, to) = edge($0, &$1)
            return ModelFault(Cause(.mtu, at: .link(from: from, to: to)))
        },
        InjectedFault(title: "node latency, 10 ms") {
            ModelFault(Cause(.latency, at: .node(node($0, &$1), .both)), delay: 10_000_000)
        },
        InjectedFault(title: "link latency, 10 ms") {
            let (from, to) = edge($0, &$1)
            return ModelFault(Cause(.latency, at: .link(from: from, to: to)), delay: 10_000_000)
        },
        InjectedFault(title: "pair latency, 5 ms") {
            let (from, to) = edge($0, &$1)
            return ModelFault(Cause(.latency, at: .pair(min(from, to), max(from, to))), delay: 5_000_000)
        },
    ]

    private static func node(_ map: WatchMap, _ random: inout SeededGenerator) -> Int {
        random.index(below: map.nodes.count)
    }

    /// Two nodes of which one checks the other.
    private static func edge(_ map: WatchMap, _ random: inout SeededGenerator) -> (Int, Int) {
        while true {
            let check = map.checks[random.index(below: map.checks.count)]
            if case .spot(let target) = check.target { return (map.spots[check.source].node, map.spots[target].node) }
        }
    }

    private static func service(_ map: WatchMap) -> Int { map.services.firstIndex { !$0.isResolver } ?? 0 }

    private static func resolver(_ map: WatchMap) -> Int { map.services.firstIndex { $0.isResolver } ?? 0 }
}

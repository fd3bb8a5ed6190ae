import Contract
import Quantities

extension NetworkProblemDetector: ReadableResource {
    static func read(metadata: Metadata, spec: NodeReader) -> NetworkProblemDetector? {
        Spec(reading: spec).map { NetworkProblemDetector(metadata: metadata, spec: $0) }
    }

    var canonicalSpec: CanonicalValue { spec.canonical }
}

extension NetworkProblemDetector.Spec {
    private typealias Kind = NetworkProblemDetector

    private enum Key: String, CaseIterable {
        case network, nodes, podsPerNode, checks, paths, neighbours, proxy, period, timeout, window, duration
        case thresholds, expect, conditions, repetitions, seed
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let usual = Self()
        let network = keyed.read(.network, default: usual.network) { $0.choice(CNIPerformance.Preset.self) }
        let nodes = keyed.read(.nodes, default: usual.nodes) { $0.integer(in: 2...64) }
        let pods = keyed.read(.podsPerNode, default: usual.podsPerNode) { $0.integer(in: 0...16) }
        let checks = keyed.read(.checks, default: usual.checks) {
            $0.list("kinds of checks")?.distinct(by: \.self, naming: { "the check \($0.rawValue)" }) {
                $0.choice(CheckKind.self)
            }
        }
        let paths = keyed.read(.paths, default: usual.paths) {
            $0.list("paths")?.distinct(by: \.self, naming: { "the path \($0.rawValue)" }) {
                $0.choice(Kind.Path.self)
            }
        }
        let neighbours = keyed.read(.neighbours, default: usual.neighbours) { $0.integer(in: 1...63) }
        let proxy = keyed.read(.proxy, default: usual.proxy) { $0.choice(ProxyMode.self) }
        let period = keyed.read(.period, default: usual.period) {
            $0.quantity(in: TimeSpan.milliseconds(10)...TimeSpan.minutes(1))
        }
        let timeout = keyed.read(.timeout, default: Self.timeout(of: period ?? usual.period)) {
            $0.quantity(in: TimeSpan.milliseconds(1)...TimeSpan.minutes(1))
        }
        let window = keyed.read(.window, default: usual.window) {
            $0.quantity(in: TimeSpan.milliseconds(100)...TimeSpan.minutes(10))
        }
        let duration = keyed.read(.duration, default: usual.duration) {
            $0.quantity(in: TimeSpan.seconds(1)...TimeSpan.minutes(1_200))
        }
        let thresholds = keyed.read(.thresholds, default: usual.thresholds) { Kind.Thresholds(reading: $0) }
        let expect = keyed.read(.expect, default: []) { Self.expectations($0) }
        let conditions = keyed.read(.conditions, default: []) { NamedCondition.list(reading: $0, .links) }
        let repetitions = keyed.read(.repetitions, default: usual.repetitions) { Repetitions(reading: $0) }
        let seed = keyed[.seed]?.wholeNumber(in: 0...UInt64.max)
        guard let network, let nodes, let pods, let checks, let paths, let neighbours, let proxy, let period,
            let timeout, let window, let duration, let thresholds, let expect, let conditions, let repetitions
        else { return nil }
        self.init(
            network: network, nodes: nodes, podsPerNode: pods, checks: checks, paths: paths, neighbours: neighbours,
            proxy: proxy, period: period, timeout: timeout, window: window, duration: duration, thresholds: thresholds,
            expect: expect, conditions: conditions, repetitions: repetitions, seed: seed)
        check(keyed)
    }

    /// Four fifths of a period: an attempt is over before the next begins, however early that is.
    private static func timeout(of period: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: min(period.nanoseconds / 5 * 4, 1_000_000_000))
    }

    /// `none`, or a list.
    private static func expectations(_ reader: NodeReader) -> [NetworkProblemDetector.Expectation]? {
        if case .scalar("none", _) = reader.node.value { return [] }
        return reader.list("findings, or the word none")?.distinct(
            by: \.self, naming: { "the finding \($0.fault.rawValue) at \($0.place)" }
        ) { NetworkProblemDetector.Expectation(reading: $0) }
    }

    private func check(_ keyed: KeyedReader<Key>) {
        if timeout.nanoseconds >= period.nanoseconds / 10 * 9 {
            (keyed[.timeout] ?? keyed[.period])?.fail(
                "a time-out of \(timeout) reaches into the next attempt; take less than nine tenths of the period of \(period)"
            )
        }
        if window < period {
            (keyed[.window] ?? keyed[.period])?.fail("a window of \(window) is shorter than the period of \(period)")
        }
        if duration.nanoseconds < window.nanoseconds {
            (keyed[.duration] ?? keyed[.window])?.fail("a watch of \(duration) is shorter than a window of \(window)")
        }
        let windows = duration.nanoseconds / max(window.nanoseconds, 1)
        if windows < UInt64(thresholds.openAfter) {
            (keyed[.duration] ?? keyed[.thresholds] ?? keyed[.window])?.fail(
                "a watch of \(duration) has \(windows) windows of \(window), and a finding takes \(thresholds.openAfter) of them "
                    + "(thresholds.openAfter): nothing could be found; watch longer, or take shorter windows")
        }
        for expected in expect {
            guard let problem = problem(of: expected) else { continue }
            keyed[.expect]?.fail("\(expected.fault.rawValue) at \(expected.place) can never be found: \(problem)")
        }
        if checks.contains(where: \.isService) {
            if proxy == .none {
                keyed[.proxy]?.fail("services and names need a proxy; choose another one, or leave those checks out")
            }
            if podsPerNode == 0 {
                keyed[.podsPerNode]?.fail("services have pods behind them; take at least 1, or leave those checks out")
            }
        }
        if podsPerNode == 0, !paths.contains(.nodeToNode) {
            keyed[.paths]?.fail("without pods there is node-node only; add it, or take pods")
        }
        if checksOfPlace > DetectorProbe.mostChecks {
            keyed.reader.fail(
                "an agent would have up to \(checksOfPlace) checks, and carries \(DetectorProbe.mostChecks); "
                    + "take fewer neighbours, pods, kinds or paths")
        }
    }

    /// Why a watch of these places and checks never finds it, or nil.
    private func problem(of expected: NetworkProblemDetector.Expectation) -> String? {
        if expected.fault == .mtu, !checks.contains(.mtu) { return "the checks have no mtu" }
        // An arrow or a dash between two ends, as findings write them or as people type them.
        let ends = expected.place.filter { $0 != " " }.replacing("->", with: "→").replacing("–", with: "→")
            .replacing("-", with: "→").split(separator: "→").map(String.init)
        let services = [("service", CheckKind.service), ("dns", .dns)]
        if let last = ends.last, let (name, check) = services.first(where: { $0.0 == last }) {
            guard checks.contains(check) else { return "the checks have no \(name)" }
            return ends.count == 1 ? nil : problem(ofEnds: Array(ends.dropLast()), most: 1)
        }
        return problem(ofEnds: ends, most: 2)
    }

    private func problem(ofEnds ends: [String], most: Int) -> String? {
        let nodes = (0..<nodes).map { "node\($0)" }
        let places = nodes + nodes.flatMap { node in (0..<podsPerNode).map { "\(node)/pod\($0)" } }
        if let unknown = ends.first(where: { !places.contains($0) }) { return "there is no \(unknown)" }
        if ends.isEmpty || ends.count > most { return "it is no place and no pair of places" }
        return Set(ends).count == ends.count ? nil : "both ends are the same"
    }

    /// The most checks that one agent can get: a node's neighbours may be all others.
    private var checksOfPlace: Int {
        let kinds = checks.count { !$0.isService }
        let others = neighbours >= nodes - 1 ? nodes - 1 : min(nodes - 1, neighbours * 3)
        return others * kinds * max(1, podsPerNode) + 2
    }

    var canonical: CanonicalValue {
        .object(present: [
            "network": .string(network.rawValue),
            "nodes": .integer(nodes),
            "podsPerNode": .integer(podsPerNode),
            "checks": .list(checks.map { .string($0.rawValue) }),
            "paths": .list(paths.map { .string($0.rawValue) }),
            "neighbours": .integer(neighbours),
            "proxy": .string(proxy.rawValue),
            "period": .text(period),
            "timeout": .text(timeout),
            "window": .text(window),
            "duration": .text(duration),
            "thresholds": thresholds.canonical,
            "expect": expect.isEmpty ? .string("none") : .list(expect.map(\.canonical)),
            "conditions": conditions.isEmpty ? nil : .list(conditions.map(\.canonical)),
            "repetitions": repetitions.canonical,
            "seed": seed.map { .integer($0) },
        ])
    }
}

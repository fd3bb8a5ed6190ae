import Contract
import Quantities
import Resources
import Testbed
import Watches

/// Places, services and checks of a watch on the local testbed, worked out from its spec alone.
struct DetectorLayout: Sendable, Equatable {
    typealias Kind = NetworkProblemDetector

    let spec: Kind.Spec
    /// The place of each of the map's, in its order: nodes first.
    let places: [Place]
    let map: WatchMap
    let neighbourhood: Neighbourhood

    /// Where agents answer.
    static let port: UInt16 = 12_990
    /// What is asked for names.
    static let namePort: UInt16 = 53
    /// Where the service is reached.
    static let servicePort: UInt16 = 80
    /// Virtual addresses are taken from here, the first ten left out as clusters do.
    static let serviceRange = CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 16)

    init(spec: Kind.Spec) {
        self.spec = spec
        let nodes = (0..<spec.nodes).map { "node\($0)" }
        neighbourhood =
            spec.neighbours >= spec.nodes - 1
            ? Neighbourhood(fullMeshOf: spec.nodes) : Neighbourhood(of: nodes, degree: spec.neighbours)
        var places = (0..<spec.nodes).map { Place.node($0, of: spec.network.rawValue) }
        var spots = nodes.enumerated().map { WatchMap.Spot(name: $0.element, node: $0.offset) }
        var pods = [[Int]](repeating: [], count: spec.nodes)
        for node in 0..<spec.nodes {
            for pod in 0..<spec.podsPerNode {
                pods[node].append(spots.count)
                spots.append(WatchMap.Spot(name: "node\(node)/pod\(pod)", node: node, isPod: true))
                places.append(.pod(pod, on: node, of: spec.network.rawValue))
            }
        }
        self.places = places
        var services: [WatchMap.Service] = []
        let homes = pods.indices.flatMap { node in pods[node].map { _ in node } }
        if spec.checks.contains(.service) {
            services.append(WatchMap.Service(name: "service", nodes: homes, spots: pods.flatMap(\.self)))
        }
        if spec.checks.contains(.dns) {
            services.append(
                WatchMap.Service(name: "dns", nodes: homes, spots: pods.flatMap(\.self), isResolver: true))
        }
        map = WatchMap(
            nodes: nodes, spots: spots, services: services,
            checks: Self.checks(spec, pods, neighbourhood.neighbours, services))
    }

    private static func checks(
        _ spec: Kind.Spec, _ pods: [[Int]], _ neighbours: [[Int]], _ services: [WatchMap.Service]
    ) -> [WatchMap.Check] {
        var checks: [WatchMap.Check] = []
        let kinds = spec.checks.filter { !$0.isService }
        func add(_ source: Int, _ target: Int) {
            checks += kinds.map { WatchMap.Check(from: source, to: .spot(target), by: $0) }
        }
        for node in 0..<spec.nodes {
            for other in neighbours[node] {
                if spec.paths.contains(.nodeToNode) { add(node, other) }
                if spec.paths.contains(.nodeToPod) { for pod in pods[other] { add(node, pod) } }
                if spec.paths.contains(.podToPod) {
                    for source in pods[node] { for target in pods[other] { add(source, target) } }
                }
            }
            for source in pods[node] {
                for (number, service) in services.enumerated() {
                    checks.append(
                        WatchMap.Check(
                            from: source, to: .service(number), by: service.isResolver ? .dns : .service))
                }
            }
        }
        return checks
    }

    var topology: Topology {
        Topology(
            networks: [
                NetworkPlan(
                    name: spec.network.rawValue, preset: spec.network,
                    podsOnNode: [Int](repeating: spec.podsPerNode, count: spec.nodes))
            ],
            nodes: spec.nodes, families: [.ipv4])
    }

    /// The virtual address of each service.
    func address(ofService service: Int) -> IPAddress? { Self.serviceRange.address(at: UInt64(service) + 10) }

    /// What makes the services on every node; nothing where there are none.
    func standIns(_ addresses: [IPAddress]) -> [PlacedCondition] {
        guard !map.services.isEmpty else { return [] }
        let endpoints = zip(map.spots, addresses).filter { $0.0.isPod }.map(\.1)
        let services = map.services.enumerated().compactMap { number, service in
            address(ofService: number).map {
                StandIn.Service(
                    name: "watch/\(service.name):check", transport: service.isResolver ? .udp : .tcp, address: $0,
                    port: service.isResolver ? Self.namePort : Self.servicePort, targetPort: Self.port,
                    endpoints: endpoints)
            }
        }
        return (0..<spec.nodes).map { node in
            PlacedCondition(
                StandIn(proxy: spec.proxy, services: services, serviceRange: Self.serviceRange), at: places[node])
        }
    }

    var windows: Int { max(1, Int(spec.duration.nanoseconds / spec.window.nanoseconds)) }
    var windowSeconds: Double { Double(spec.window.nanoseconds) / 1e9 }

    var rules: WatchRules {
        let thresholds = spec.thresholds
        return WatchRules(
            openAfter: thresholds.openAfter, openWithin: thresholds.openWithin, closeAfter: thresholds.closeAfter,
            leastLoss: thresholds.loss.fraction, latencyExcess: UInt64(thresholds.latency.nanoseconds),
            trackedShare: thresholds.conntrack.fraction, linkDrops: thresholds.drops,
            agentLateness: UInt64(spec.timeout.nanoseconds / 4 * 3))
    }

    /// What is needed to read the windows of a watch that began then, in nanoseconds since 1970.
    func plan(start: UInt64) -> WatchPlan {
        WatchPlan(
            map: map, rules: rules, windowNanoseconds: UInt64(spec.window.nanoseconds), startNanoseconds: start)
    }

    /// What the agent at a place does.
    func probe(at spot: Int, _ addresses: [IPAddress], start: UInt64) -> DetectorProbe {
        let checks = map.checks.enumerated().compactMap { number, check -> DetectorProbe.Check? in
            guard check.source == spot else { return nil }
            switch check.target {
            case .spot(let target):
                return DetectorProbe.Check(
                    id: number, kind: check.kind, address: addresses[target],
                    port: check.kind == .icmp ? 0 : Self.port)
            case .service(let service):
                return address(ofService: service).map {
                    DetectorProbe.Check(
                        id: number, kind: check.kind, address: $0,
                        port: check.kind == .dns ? Self.namePort : Self.servicePort)
                }
            }
        }
        return DetectorProbe(
            place: spot, checks: checks, port: Self.port, startNanoseconds: start, windows: windows,
            windowNanoseconds: UInt64(spec.window.nanoseconds), periodNanoseconds: UInt64(spec.period.nanoseconds),
            timeoutNanoseconds: UInt64(spec.timeout.nanoseconds), answersNames: spec.checks.contains(.dns))
    }
}

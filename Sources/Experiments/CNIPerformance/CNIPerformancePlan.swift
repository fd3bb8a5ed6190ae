import Contract
import Quantities
import Resources
import Testbed

/// The variants and the topology of a `CNIPerformance`, worked out from its spec alone.
struct CNIPerformancePlan: Sendable, Equatable {
    /// Names of the factors, as they stand in the store.
    enum Factor {
        static let network = "network"
        static let path = "path"
        static let pairs = "pairs"
        static let test = "test"
        static let family = "family"
        static let messageSize = "message_size"
        static let segmentSize = "mss"
        static let rate = "rate"
        static let load = "load"
    }

    /// The levels of the factor `load`.
    enum LoadLevel: String, CaseIterable {
        case idle
        case loaded
    }

    /// One variant with what it is made of.
    struct Cell: Sendable, Equatable {
        let variant: Variant
        let network: String
        let path: CNIPerformance.Path
        var pairs = CNIPerformance.Pairs.single
        var test: CNIPerformance.Test
        let family: IPAddress.Family
        var messageSize: ByteCount?
        var segmentSize: ByteCount?
        var rate: CNIPerformance.Rate?
        /// What runs beside the test.
        var load: CNIPerformance.Load?
    }

    let spec: CNIPerformance.Spec
    /// Where relative paths of configuration lists begin, with its slash; empty is the working directory.
    var directory = ""

    /// The level of the factor `network` that stands for the bare nodes.
    static let host = CNIPerformance.Baseline.host.rawValue

    /// Networks by name, the baseline first.
    var networkNames: [String] {
        (spec.baseline == nil ? [] : [Self.host]) + spec.networks.map(\.name)
    }

    /// Every cell, in the order of the resource.
    ///
    /// A factor with one level everywhere is left out of the variants' names.
    var cells: [Cell] {
        var cells: [Cell] = []
        for test in spec.tests {
            for variation in variations(of: test) {
                for family in spec.families {
                    for (path, pairs) in spec.paths.flatMap({ path in spec.pairs.map { (path, $0) } }) {
                        for network in networkNames {
                            cells.append(cell(network, path, pairs, test, family, variation))
                        }
                    }
                }
            }
        }
        return cells
    }

    /// What a test varies by itself; nil where it does not vary in that.
    private struct Variation {
        var messageSize: ByteCount?
        var segmentSize: ByteCount?
        var rate: CNIPerformance.Rate?
        var load: LoadLevel?
    }

    private func variations(of test: CNIPerformance.Test) -> [Variation] {
        func each<Value>(_ values: [Value]) -> [Value?] { values.isEmpty ? [nil] : values }
        return each(test.messageSizes).flatMap { size in
            each(test.segmentSizes).flatMap { segment in
                each(test.rates).flatMap { rate in
                    each(test.load == nil ? [] : LoadLevel.allCases).map { load in
                        Variation(messageSize: size, segmentSize: segment, rate: rate, load: load)
                    }
                }
            }
        }
    }

    private func cell(
        _ network: String,
        _ path: CNIPerformance.Path,
        _ pairs: CNIPerformance.Pairs,
        _ test: CNIPerformance.Test,
        _ family: IPAddress.Family,
        _ variation: Variation
    ) -> Cell {
        // A level of what has one level everywhere says nothing.
        let levels: [Variant.Level?] = [
            Variant.Level(Factor.network, network),
            Variant.Level(Factor.path, path.rawValue),
            spec.pairs.count > 1 ? Variant.Level(Factor.pairs, pairs.description) : nil,
            Variant.Level(Factor.test, test.name),
            spec.families.count > 1 ? Variant.Level(Factor.family, family.rawValue) : nil,
            level(Factor.messageSize, variation.messageSize, of: test.messageSizes),
            level(Factor.segmentSize, variation.segmentSize, of: test.segmentSizes),
            level(Factor.rate, variation.rate, of: test.rates),
            variation.load.map { Variant.Level(Factor.load, $0.rawValue) },
        ]
        return Cell(
            variant: Variant(levels.compactMap(\.self)),
            network: network,
            path: path,
            pairs: pairs,
            test: test,
            family: family,
            messageSize: variation.messageSize,
            segmentSize: variation.segmentSize,
            rate: variation.rate,
            load: variation.load == .loaded ? test.load : nil
        )
    }

    private func level<Value: CustomStringConvertible>(
        _ factor: String, _ value: Value?, of all: [Value]
    ) -> Variant.Level? {
        all.count > 1 ? value.map { Variant.Level(factor, $0.description) } : nil
    }

    /// The factors and their levels, the compared one first; metrics are drawn along the rates of open loops.
    var design: Design {
        let cells = cells
        let names = [
            Factor.network, Factor.path, Factor.pairs, Factor.test, Factor.family, Factor.messageSize,
            Factor.segmentSize, Factor.rate,
            Factor.load,
        ]
        let factors = names.compactMap { name -> Design.Factor? in
            var levels: [String] = []
            for level in cells.compactMap({ $0.variant.level(of: name) }) where !levels.contains(level) {
                levels.append(level)
            }
            return levels.isEmpty ? nil : Design.Factor(name: name, levels: levels)
        }
        return Design(
            comparedFactor: Factor.network,
            baseline: spec.baseline == nil ? nil : Self.host,
            factors: factors,
            scaleFactor: spec.tests.contains { $0.rates.count > 1 } ? Factor.rate : nil,
            thresholds: spec.capacity.map { limit in
                let metric = "\(ProbeMetrics.latency.name)_\(limit.percentile.rawValue)"
                return [Design.Threshold(metric: metric, limit: limit.below.seconds)]
            }
        )
    }

    /// Networks side by side, with the pods that the paths need and the idle ones that were asked for.
    var topology: Topology {
        var pods = Array(repeating: spec.podsPerNode, count: spec.nodes)
        // Node 0 has the client, and on the paths of one node the server as well.
        let ends = spec.pairs.map { (clients: $0.clients, both: $0.clients + $0.servers, servers: $0.servers) }
        let isTogether = spec.paths.contains(where: \.needsTwoPodsOfANode)
        pods[0] += ends.map { isTogether ? $0.both : $0.clients }.max() ?? 1
        if spec.paths.contains(where: \.needsAPodElsewhere) {
            pods[1] += ends.map(\.servers).max() ?? 1
        }
        // The last node stands in for what is outside.
        if spec.paths.contains(.egress) { pods.append(0) }
        let bare = NetworkPlan(
            name: Self.host,
            podNetwork: .none,
            fabric: .routes,
            podsOnNode: Array(repeating: 0, count: pods.count)
        )
        return Topology(
            networks: (spec.baseline == nil ? [] : [bare]) + spec.networks.map { plan(for: $0, podsOnNode: pods) },
            nodes: pods.count,
            families: spec.families
        )
    }

    /// Where the client and the server of a cell stand, and what is between them.
    func layout(of cell: Cell) -> PathLayout {
        isBare(cell)
            ? PathLayout(floorOf: cell.path, of: cell.network, outside: spec.nodes)
            : PathLayout(cell.path, of: cell.network, outside: spec.nodes)
    }

    /// Where the ends of every pair of a cell stand; one where a cell has one pair.
    func layouts(of cell: Cell) -> [PathLayout] {
        guard cell.pairs.count > 1 else { return [layout(of: cell)] }
        return (0..<cell.pairs.count).map { pair in
            isBare(cell)
                ? PathLayout(floorOf: cell.path, of: cell.network, outside: spec.nodes)
                : PathLayout(pair, of: cell.pairs, isOtherNode: cell.path == .otherNode, network: cell.network)
        }
    }

    /// Whether the cell is the baseline's.
    func isBare(_ cell: Cell) -> Bool { cell.network == Self.host && spec.baseline != nil }

    private func plan(for network: CNIPerformance.Network, podsOnNode: [Int]) -> NetworkPlan {
        var plan: NetworkPlan
        switch network.source {
        case .preset(let preset):
            plan = NetworkPlan(name: network.name, preset: preset, podsOnNode: podsOnNode)
        case .conflist(let path, let fabric):
            plan = NetworkPlan(
                name: network.name,
                podNetwork: .conflist(path: path.hasPrefix("/") ? path : directory + path),
                fabric: fabric == .vxlan ? .vxlan : .routes,
                podsOnNode: podsOnNode
            )
        }
        plan.mtu = network.mtu
        return plan
    }
}

import Contract
import Quantities

extension CNIPerformance: ReadableResource {
    static func read(metadata: Metadata, spec: NodeReader) -> CNIPerformance? {
        Spec(reading: spec).map { CNIPerformance(metadata: metadata, spec: $0) }
    }

    var canonicalSpec: CanonicalValue { spec.canonical }

    var files: [NamedFile] {
        spec.networks.enumerated().compactMap { index, network in
            guard case .conflist(let path, _) = network.source else { return nil }
            return NamedFile(key: "spec.networks[\(index)].conflist", path: path, network: network.name)
        }
    }
}

extension CNIPerformance.Spec {
    private enum Key: String, CaseIterable {
        case nodes
        case podsPerNode
        case networks
        case baseline
        case paths
        case pairs
        case proxy
        case families
        case tests
        case capacity
        case conditions
        case repetitions
        case warmUp
        case settle
        case seed
    }

    init?(reading reader: NodeReader) {
        typealias Kind = CNIPerformance
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let nodes = keyed.read(.nodes, default: 2) { $0.integer(in: 1...64) }
        let podsPerNode = keyed.read(.podsPerNode, default: 0) { $0.integer(in: 0...200) }
        let networks = keyed.require(.networks, "a list of networks") {
            $0.list("networks")?.distinct(by: \.name, naming: { "the name \($0.name)" }) {
                Kind.Network(reading: $0)
            }
        }
        let baseline = keyed[.baseline]?.choice(Kind.Baseline.self)
        let paths = keyed.require(.paths, "a list of paths (\(Self.pathWords))") {
            $0.list(Self.pathWords)?.distinct { $0.choice(Kind.Path.self) }
        }
        let pairs = keyed.read(.pairs, default: [.single]) { Kind.Pairs.list(reading: $0) }
        let proxy = keyed.read(.proxy, default: .nftables) { $0.choice(ProxyMode.self) }
        let families = keyed.read(.families, default: [.ipv4]) {
            $0.list("ipv4, ipv6")?.distinct(by: \.self, naming: { $0.rawValue }) {
                $0.choice(IPAddress.Family.self)
            }
        }
        let tests = keyed.require(.tests, "a list of tests") {
            $0.list("tests")?.distinct(by: \.name, naming: { "the name \($0.name)" }) { Kind.Test(reading: $0) }
        }
        let capacity = keyed[.capacity].flatMap {
            CapacityLimit(reading: $0, usual: CapacityLimit(below: .milliseconds(1)))
        }
        if let tests, !tests.contains(where: { $0.pattern == .openLoop && $0.rates.count > 1 }) {
            keyed[.capacity]?.fail(
                "no test has several rates to find the highest of; give one with pattern: open-loop a list, such as "
                    + "rate: [1000/s, 5000/s], or remove this key")
        }
        let conditions = keyed.read(.conditions, default: []) {
            NamedCondition.list(reading: $0, .links)
        }
        let repetitions = keyed.require(.repetitions, "minimum and maximum, such as {minimum: 6, maximum: 6}") {
            Repetitions(reading: $0)
        }
        let warmUp = keyed.read(.warmUp, default: .milliseconds(50)) {
            $0.quantity(in: TimeSpan.zero...TimeSpan.minutes(1))
        }
        let settle = keyed.read(.settle, default: Settle()) { Settle(reading: $0) }
        let seed = keyed[.seed]?.wholeNumber(in: 0...UInt64.max)
        Self.check(keyed, pairs: pairs ?? [], paths: paths ?? [], tests: tests ?? [], idlePods: podsPerNode ?? 0)
        Self.check(
            keyed, nodes: nodes, paths: paths, baseline: baseline, proxy: proxy, networks: networks, families: families)

        guard let nodes, let podsPerNode, let networks, let paths, let pairs, let proxy, let families, let tests,
            let conditions,
            let repetitions,
            let warmUp, let settle
        else { return nil }
        self.init(
            nodes: nodes,
            podsPerNode: podsPerNode,
            networks: networks,
            baseline: baseline,
            paths: paths,
            pairs: pairs,
            proxy: proxy,
            families: families,
            tests: tests,
            capacity: capacity,
            conditions: conditions,
            repetitions: repetitions,
            warmUp: warmUp,
            settle: settle,
            seed: seed
        )
    }

    private static let pathWords = CNIPerformance.Path.allCases.map(\.rawValue).joined(separator: ", ")

    // Pods of one node that a range of addresses of the usual length has room for.
    private static let podsOfANode = 253

    private static func check(
        _ keyed: KeyedReader<Key>, pairs: [CNIPerformance.Pairs], paths: [CNIPerformance.Path],
        tests: [CNIPerformance.Test], idlePods: Int
    ) {
        guard let most = pairs.max(by: { $0.clients + $0.servers < $1.clients + $1.servers }), most.count > 1 else {
            return
        }
        if let path = paths.first(where: { !$0.hasPairs }) {
            keyed[.pairs]?.fail(
                "several clients or servers stand on the paths same-node and other-node only, found \(path); "
                    + "measure other paths in a resource of their own")
        }
        if let test = tests.first(where: { $0.load != nil }) {
            keyed[.pairs]?.fail(
                "test \(test.name) has a load, which runs beside one client and one server; "
                    + "remove it, or measure pairs in a resource of their own")
        }
        if let test = tests.first(where: { $0.pattern == .highestRate }) {
            keyed[.pairs]?.fail(
                "test \(test.name) searches, and pairs that search take steps of their own: no sum is of one time; use "
                    + "pattern: flood, or measure pairs in a resource of their own")
        }
        let ends = most.clients + (paths.contains(.sameNode) ? most.servers : 0)
        if ends + idlePods > podsOfANode {
            keyed[.pairs]?.fail(
                "\(ends) pods measure on one node beside \(idlePods) idle ones, and there are addresses for \(podsOfANode)"
            )
        }
    }

    // Rules that hold between keys.
    private static func check(
        _ keyed: KeyedReader<Key>,
        nodes: Int?,
        paths: [CNIPerformance.Path]?,
        baseline: CNIPerformance.Baseline?,
        proxy: ProxyMode?,
        networks: [CNIPerformance.Network]?,
        families: [IPAddress.Family]?
    ) {
        if nodes == 1, let path = paths?.first(where: \.needsTwoNodes) {
            keyed[.nodes]?.fail("the path \(path) needs at least 2 nodes, found 1")
        }
        if let service = paths?.first(where: \.isService) {
            if proxy == ProxyMode.none {
                keyed[.proxy]?.fail("the path \(service) needs a proxy; choose another one, or leave the path out")
            }
        } else if paths != nil {
            keyed[.proxy]?.fail("no path has a service; remove this key, or measure such as service-same-node")
        }
        for network in networks ?? [] {
            if let baseline, network.name == baseline.rawValue {
                keyed[.baseline]?.fail("a network has the name of the baseline, \(network.name); rename it")
            }
            if let mtu = network.mtu, let most = network.largestMTU(families: families ?? []), mtu > most {
                keyed[.networks]?.fail(
                    "network \(network.name) has an MTU of \(mtu), and behind VXLAN at most \(most) fit into a packet"
                )
            }
            if let mtu = network.mtu, mtu < 1_280, families?.contains(.ipv6) == true {
                keyed[.families]?.fail("ipv6 needs an MTU of at least 1280, and network \(network.name) has \(mtu)")
            }
        }
    }

    var canonical: CanonicalValue {
        .object(present: [
            "nodes": .integer(nodes),
            "podsPerNode": .integer(podsPerNode),
            "networks": .list(networks.map(\.canonical)),
            "baseline": baseline.map { .string($0.rawValue) },
            "paths": .list(paths.map { .string($0.rawValue) }),
            "pairs": pairs == [.single] ? nil : .list(pairs.map { .text($0) }),
            "proxy": paths.contains(where: \.isService) ? .string(proxy.rawValue) : nil,
            "families": .list(families.map { .string($0.rawValue) }),
            "tests": .list(tests.map(\.canonical)),
            "capacity": capacity?.canonical,
            "conditions": conditions.isEmpty ? nil : .list(conditions.map(\.canonical)),
            "repetitions": repetitions.canonical,
            "warmUp": .text(warmUp),
            "settle": settle.canonical,
            "seed": seed.map { .integer($0) },
        ])
    }
}

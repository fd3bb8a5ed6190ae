import Quantities

extension CNIBenchmark: ReadableResource {
    static func read(metadata: Metadata, spec: NodeReader) -> CNIBenchmark? {
        Spec(reading: spec).map { CNIBenchmark(metadata: metadata, spec: $0) }
    }

    var canonicalSpec: CanonicalValue { spec.canonical }

    var files: [NamedFile] {
        spec.networks.enumerated().compactMap { index, network in
            guard case .conflist(let path) = network.source else { return nil }
            return NamedFile(key: "spec.networks[\(index)].conflist", path: path, network: network.name)
        }
    }
}

extension CNIBenchmark.Spec {
    private enum Key: String, CaseIterable {
        case networks
        case pods
        case concurrency
        case operations
        case sampled
        case timeout
        case conditions
        case repetitions
        case settle
        case seed
    }

    init?(reading reader: NodeReader) {
        typealias Kind = CNIBenchmark
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let networks = keyed.require(.networks, "a list of networks") {
            $0.list("networks")?.distinct(by: \.name, naming: { "the name \($0.name)" }) {
                Kind.Network(reading: $0)
            }
        }
        let pods = keyed.read(.pods, default: [1]) {
            $0.list("numbers of pods, such as 1, 100")?.distinct { $0.integer(in: 1...2_000) }
        }
        let concurrency = keyed.read(.concurrency, default: [1]) {
            $0.list("numbers of operations at a time, such as 1, 4")?.distinct { $0.integer(in: 1...64) }
        }
        let operations = keyed.read(.operations, default: [.add, .check, .delete, .conformance]) {
            $0.list("operations")?.distinct { $0.choice(Kind.Operation.self) }
        }
        let sampled = keyed.read(.sampled, default: 20) { $0.integer(in: 1...1_000) }
        let timeout = keyed.read(.timeout, default: .seconds(20)) {
            $0.quantity(in: TimeSpan.milliseconds(10)...TimeSpan.minutes(5))
        }
        let conditions = keyed.read(.conditions, default: []) {
            NamedCondition.list(reading: $0, .processors("its pods come and go within a trial"))
        }
        let repetitions = keyed.require(.repetitions, "minimum and maximum, such as {minimum: 6, maximum: 6}") {
            Repetitions(reading: $0)
        }
        let settle = keyed.read(.settle, default: Settle()) { Settle(reading: $0) }
        let seed = keyed[.seed]?.wholeNumber(in: 0...UInt64.max)
        if let operations, !operations.contains(.add), operations.contains(.check) || operations.contains(.delete) {
            keyed[.operations]?.fail("check and delete need pods that were added; put add into the list")
        }
        let aboutPlugins: Set<Kind.Operation> = [.conformance, .ipamExhaustion]
        if let operations, let networks, aboutPlugins.isSuperset(of: operations),
            networks.allSatisfy({ $0.source == .preset(.netlink) })
        {
            (keyed[.operations] ?? keyed.reader).fail(
                "the preset netlink has no plugin that could conform to a specification, or a range to use up; "
                    + "add another network, or the operation add"
            )
        }
        guard let networks, let pods, let concurrency, let operations, let sampled, let timeout, let conditions,
            let repetitions,
            let settle
        else { return nil }
        let most = (pods.max() ?? 0) + (operations.contains(.add) ? sampled : 0)
        if let bridge = networks.first(where: \.hasBridge), most > Kind.bridgePorts {
            (keyed[.pods] ?? keyed[.sampled])?.fail(
                "\(most) pods at a time, sampled ones included, do not fit the network \(bridge.name): "
                    + "a bridge of Linux has at most \(Kind.bridgePorts) ports"
            )
        }
        self.init(
            networks: networks,
            pods: pods,
            concurrency: concurrency,
            operations: operations,
            sampled: sampled,
            timeout: timeout,
            conditions: conditions,
            repetitions: repetitions,
            settle: settle,
            seed: seed
        )
    }

    var canonical: CanonicalValue {
        .object(present: [
            "networks": .list(networks.map(\.canonical)),
            "pods": .list(pods.map { .integer($0) }),
            "concurrency": .list(concurrency.map { .integer($0) }),
            "operations": .list(operations.map { .string($0.rawValue) }),
            "sampled": .integer(sampled),
            "timeout": .text(timeout),
            "conditions": conditions.isEmpty ? nil : .list(conditions.map(\.canonical)),
            "repetitions": repetitions.canonical,
            "settle": settle.canonical,
            "seed": seed.map { .integer($0) },
        ])
    }
}

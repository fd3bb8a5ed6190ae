import Contract
import Quantities

extension NetworkConnectivityTest: ReadableResource {
    static func read(metadata: Metadata, spec: NodeReader) -> NetworkConnectivityTest? {
        Spec(reading: spec).map { NetworkConnectivityTest(metadata: metadata, spec: $0) }
    }

    var canonicalSpec: CanonicalValue { spec.canonical }
}

extension NetworkConnectivityTest.Spec {
    enum Key: String, CaseIterable {
        case layer, `protocol`, source, sources, destinations, count, interval, timeout, packetSize, concurrency,
            deadline, converge, trusted
        case family, maximumLoss, pathMTU, local, repetitions, seed
    }

    /// What a layer is asked by.
    private enum Asking: String, CaseIterable {
        case tcp, udp, dns, http, https
    }

    private enum Families: String, CaseIterable {
        case ipv4, ipv6, both
    }

    init?(reading reader: NodeReader) {
        typealias Kind = NetworkConnectivityTest
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let layer = keyed.require(.layer, "3, 4 or 7") { $0.choice(Kind.Layer.self) }
        let asking = keyed.read(.protocol, default: layer == .application ? .dns : .tcp) { $0.choice(Asking.self) }
        let sources = Self.sources(keyed)
        let destinations = keyed.require(.destinations, "a list of destinations") {
            $0.list("destinations")?.distinct(by: \.label, naming: { "the destination \($0.label)" }) {
                Kind.Destination(reading: $0)
            }
        }
        let count = keyed.read(.count, default: 5) { $0.integer(in: 1...10_000) }
        let interval = keyed.read(.interval, default: .milliseconds(10)) {
            $0.quantity(in: TimeSpan.milliseconds(0)...TimeSpan.minutes(1))
        }
        let timeout = keyed.read(.timeout, default: .seconds(1)) {
            $0.quantity(in: TimeSpan.milliseconds(1)...TimeSpan.minutes(1))
        }
        let packetSize = keyed.read(.packetSize, default: ByteCount(bytes: 56)) {
            $0.quantity(
                in: ByteCount(
                    bytes: UInt64(
                        ReachProbe.smallestPayload))...ByteCount(bytes: UInt64(ReachProbe.largestPayload)))
        }
        let concurrency = keyed.read(.concurrency, default: 64) { $0.integer(in: 1...ReachProbe.mostConcurrent) }
        let deadline: TimeSpan? = keyed[.deadline]?.quantity(in: TimeSpan.milliseconds(10)...TimeSpan.minutes(60))
        let family = keyed.read(.family, default: .ipv4) { $0.choice(Families.self) }
        let maximumLoss = keyed.read(.maximumLoss, default: Ratio(fraction: 0)) {
            $0.quantity(in: Ratio(fraction: 0)...Ratio(fraction: 1))
        }
        let waits = keyed.read(.converge, default: false) { $0.truth() }
        let findsPathMTU = keyed.read(.pathMTU, default: false) { $0.truth() }
        let local = keyed.read(.local, default: Kind.Local()) { Kind.Local(reading: $0) }
        let repetitions = keyed.read(.repetitions, default: Repetitions(minimum: 1, maximum: 1)) {
            Repetitions(reading: $0)
        }
        let seed = keyed[.seed]?.wholeNumber(in: 0...UInt64.max)
        guard let layer, let asking, let sources, let destinations, let count, let interval, let timeout,
            let packetSize, let concurrency, let family, let maximumLoss, let waits, let findsPathMTU, let local,
            let repetitions
        else { return nil }
        let application = Kind.Application(rawValue: asking.rawValue)
        if layer != .network, (layer == .application) != (application != nil) {
            keyed[.protocol]?.fail(
                layer == .transport
                    ? "layer 4 has tcp and udp; dns, http and https are layer 7"
                    : "layer 7 has dns, http and https; tcp and udp are layer 4")
        }
        let trusted = keyed[.trusted]?.string("a file with certificates")
        self.init(
            layer: layer, transport: asking == .udp ? .udp : .tcp, application: application ?? .dns, trusted: trusted,
            sources: sources, destinations: destinations, count: count, interval: interval, timeout: timeout,
            packetSize: packetSize, concurrency: concurrency, deadline: deadline,
            families: family == .both ? [.ipv4, .ipv6] : family == .ipv4 ? [.ipv4] : [.ipv6],
            maximumLoss: maximumLoss, waitsForExpected: waits, findsPathMTU: findsPathMTU, local: local,
            repetitions: repetitions, seed: seed)
        ConnectivityRules(spec: self, keyed: keyed).check()
    }

    /// `source`, or `sources`, but not both.
    private static func sources(_ keyed: KeyedReader<Key>) -> [NetworkConnectivityTest.Source]? {
        if keyed[.source] != nil {
            keyed[.sources]?.fail("there is a source already; leave one of the two out")
            return keyed[.source].flatMap { NetworkConnectivityTest.Source(reading: $0) }.map { [$0] }
        }
        return keyed.require(.sources, "a list of pods and nodes, or one source") {
            $0.list("pods and nodes")?.distinct(by: \.description, naming: { "the source \($0)" }) {
                NetworkConnectivityTest.Source(reading: $0)
            }
        }
    }

    var canonical: CanonicalValue {
        let family: Families = families.count > 1 ? .both : families == [.ipv6] ? .ipv6 : .ipv4
        return .object(present: [
            "layer": .string(layer.rawValue),
            "protocol": layer == .network
                ? nil : .string(layer == .application ? application.rawValue : transport.rawValue),
            "trusted": trusted.map { .string($0) },
            "sources": .list(sources.map(\.canonical)),
            "destinations": .list(destinations.map(\.canonical)),
            "count": .integer(count),
            "interval": .text(interval),
            "timeout": .text(timeout),
            "packetSize": .text(packetSize),
            "concurrency": .integer(concurrency),
            "deadline": deadline.map { .text($0) },
            "family": .string(family.rawValue),
            "maximumLoss": .text(maximumLoss),
            "converge": waitsForExpected ? .boolean(true) : nil,
            "pathMTU": layer == .network ? .boolean(findsPathMTU) : nil,
            "local": local.canonical,
            "repetitions": repetitions.canonical,
            "seed": seed.map { .integer($0) },
        ])
    }
}

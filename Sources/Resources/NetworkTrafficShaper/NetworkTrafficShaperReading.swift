import Contract
import Quantities

extension NetworkTrafficShaper: ReadableResource {
    static func read(metadata: Metadata, spec: NodeReader) -> NetworkTrafficShaper? {
        Spec(reading: spec).map { NetworkTrafficShaper(metadata: metadata, spec: $0) }
    }

    var canonicalSpec: CanonicalValue { spec.canonical }
}

extension NetworkTrafficShaper.Spec {
    enum Key: String, CaseIterable {
        case duration, targets, foreign, local, repetitions, seed
    }

    /// Agents end by themselves a little later than that.
    private static let durations = TimeSpan.seconds(1)...TimeSpan.minutes(720)

    init?(reading reader: NodeReader) {
        typealias Kind = NetworkTrafficShaper
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let duration = keyed.require(.duration, "how long it lasts, such as 30s: nothing is shaped without an end") {
            $0.quantity(in: Self.durations)
        }
        let targets = keyed.require(.targets, "a list of pods and nodes, and what is done to them") {
            $0.list("targets")?.map { Kind.Target(reading: $0) }
        }
        let foreign = keyed.read(.foreign, default: .refuse) { $0.choice(Kind.Foreign.self) }
        let local = keyed.read(.local, default: Kind.Local()) { Kind.Local(reading: $0) }
        let repetitions = keyed.read(.repetitions, default: Repetitions(minimum: 1, maximum: 1)) {
            Repetitions(reading: $0)
        }
        let seed = keyed[.seed]?.wholeNumber(in: 0...UInt64.max)
        let read = targets?.compactMap(\.self)
        guard let duration, let targets, let read, read.count == targets.count, let foreign, let local, let repetitions
        else { return nil }
        self.init(
            duration: duration, targets: read, foreign: foreign, local: local, repetitions: repetitions, seed: seed)
        ShaperRules(spec: self, keyed: keyed).check()
    }

    var canonical: CanonicalValue {
        .object(present: [
            "duration": .text(duration),
            "targets": .list(targets.map(\.canonical)),
            "foreign": .string(foreign.rawValue),
            "local": local.canonical,
            "repetitions": repetitions.canonical,
            "seed": seed.map { .integer($0) },
        ])
    }
}

public import Quantities

/// Up to which latency a level of the compared factor is good enough: reports say how far along the scale it keeps it.
public struct CapacityLimit: Sendable, Equatable {
    /// Which part of all measurements has to be below the limit.
    public enum Percentile: String, Sendable, Hashable, CaseIterable {
        case p50
        case p90
        case p99
        case p999
    }

    /// Which part of all measurements has to be below the limit.
    public var percentile: Percentile
    /// The limit.
    public var below: TimeSpan

    /// Describes a limit.
    public init(percentile: Percentile = .p99, below: TimeSpan = .microseconds(250)) {
        self.percentile = percentile
        self.below = below
    }
}

extension CapacityLimit {
    private enum Key: String, CaseIterable {
        case percentile
        case below
    }

    init?(reading reader: NodeReader, usual: CapacityLimit = CapacityLimit()) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let percentile = keyed.read(.percentile, default: usual.percentile) { $0.choice(Percentile.self) }
        let below = keyed.read(.below, default: usual.below) {
            $0.quantity(in: TimeSpan.microseconds(1)...TimeSpan.minutes(1))
        }
        guard let percentile, let below else { return nil }
        self.init(percentile: percentile, below: below)
    }

    var canonical: CanonicalValue {
        .object(["percentile": .string(percentile.rawValue), "below": .text(below)])
    }
}

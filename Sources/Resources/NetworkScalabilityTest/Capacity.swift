public import Quantities

extension NetworkScalabilityTest {
    /// Up to which latency of a new connection a mode is good enough.
    public struct Capacity: Sendable, Equatable {
        /// Which part of all connections has to be below the limit.
        public enum Percentile: String, Sendable, Hashable, CaseIterable {
            case p50
            case p90
            case p99
            case p999
        }

        /// Which part of all connections has to be below the limit.
        public var percentile: Percentile
        /// The limit.
        public var below: TimeSpan

        /// Describes a limit.
        public init(percentile: Percentile = .p99, below: TimeSpan = .microseconds(250)) {
            self.percentile = percentile
            self.below = below
        }
    }
}

extension NetworkScalabilityTest.Capacity {
    private enum Key: String, CaseIterable {
        case percentile
        case below
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let defaults = NetworkScalabilityTest.Capacity()
        let percentile = keyed.read(.percentile, default: defaults.percentile) { $0.choice(Percentile.self) }
        let below = keyed.read(.below, default: defaults.below) {
            $0.quantity(in: TimeSpan.microseconds(1)...TimeSpan.minutes(1))
        }
        guard let percentile, let below else { return nil }
        self.init(percentile: percentile, below: below)
    }

    var canonical: CanonicalValue {
        .object(["percentile": .string(percentile.rawValue), "below": .text(below)])
    }
}

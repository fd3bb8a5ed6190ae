public import Quantities

extension NetworkScalabilityTest {
    /// How endpoints change while clients keep connecting.
    public struct Churn: Sendable, Equatable {
        /// Changes of one endpoint, as intended; a proxy that is slower falls behind, and that is measured.
        public var rate: EventRate
        /// How long endpoints change.
        public var duration: TimeSpan

        /// Describes a churn.
        public init(rate: EventRate = EventRate(perSecond: 4), duration: TimeSpan = .seconds(2)) {
            self.rate = rate
            self.duration = duration
        }
    }
}

extension NetworkScalabilityTest.Churn {
    private enum Key: String, CaseIterable {
        case rate
        case duration
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let defaults = NetworkScalabilityTest.Churn()
        let rate = keyed.read(.rate, default: defaults.rate) {
            $0.quantity(in: EventRate(perSecond: 0.1)...EventRate(perSecond: 1_000))
        }
        let duration = keyed.read(.duration, default: defaults.duration) {
            $0.quantity(in: TimeSpan.milliseconds(100)...TimeSpan.minutes(1))
        }
        guard let rate, let duration else { return nil }
        self.init(rate: rate, duration: duration)
    }

    var canonical: CanonicalValue {
        .object(["rate": .text(rate), "duration": .text(duration)])
    }
}

public import Quantities

extension NetworkProblemDetector {
    /// When something counts as wrong, and for how long it has to be so.
    public struct Thresholds: Sendable, Equatable {
        /// Windows in which something has to be seen before it is a finding.
        public var openAfter: Int
        /// The number of latest windows among which they are counted.
        public var openWithin: Int
        /// Good windows, one after the other, before a finding is closed.
        public var closeAfter: Int
        /// The smallest part of the packets whose loss matters.
        public var loss: Ratio
        /// How much later than usual a packet is late; it has to take twice as long as usual, too.
        public var latency: TimeSpan
        /// From which part on the connection tracker counts as full.
        public var conntrack: Ratio
        /// From how many drops of a link in a window they matter.
        public var drops: Int

        /// Describes thresholds.
        public init(
            openAfter: Int = 2, openWithin: Int = 3, closeAfter: Int = 3, loss: Ratio = Ratio(fraction: 0.03),
            latency: TimeSpan = .milliseconds(2), conntrack: Ratio = Ratio(fraction: 0.9), drops: Int = 50
        ) {
            self.openAfter = openAfter
            self.openWithin = openWithin
            self.closeAfter = closeAfter
            self.loss = loss
            self.latency = latency
            self.conntrack = conntrack
            self.drops = drops
        }
    }
}

extension NetworkProblemDetector.Thresholds {
    private enum Key: String, CaseIterable {
        case openAfter, openWithin, closeAfter, loss, latency, conntrack, drops
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let usual = Self()
        let after = keyed.read(.openAfter, default: usual.openAfter) { $0.integer(in: 1...64) }
        let within = keyed.read(.openWithin, default: max(usual.openWithin, after ?? 1)) { $0.integer(in: 1...64) }
        let close = keyed.read(.closeAfter, default: usual.closeAfter) { $0.integer(in: 1...64) }
        let loss = keyed.read(.loss, default: usual.loss) {
            $0.quantity(in: Ratio(fraction: 0.001)...Ratio(fraction: 1))
        }
        let latency = keyed.read(.latency, default: usual.latency) {
            $0.quantity(in: TimeSpan.microseconds(10)...TimeSpan.seconds(10))
        }
        let conntrack = keyed.read(.conntrack, default: usual.conntrack) {
            $0.quantity(in: Ratio(fraction: 0.01)...Ratio(fraction: 1))
        }
        let drops = keyed.read(.drops, default: usual.drops) { $0.integer(in: 1...1_000_000_000) }
        guard let after, let within, let close, let loss, let latency, let conntrack, let drops else { return nil }
        if within < after {
            (keyed[.openWithin] ?? keyed[.openAfter])?.fail(
                "\(after) windows cannot be among \(within); make openWithin at least \(after)")
        }
        self.init(
            openAfter: after, openWithin: within, closeAfter: close, loss: loss, latency: latency,
            conntrack: conntrack, drops: drops)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "openAfter": .integer(openAfter), "openWithin": .integer(openWithin), "closeAfter": .integer(closeAfter),
            "loss": .text(loss), "latency": .text(latency), "conntrack": .text(conntrack), "drops": .integer(drops),
        ])
    }
}

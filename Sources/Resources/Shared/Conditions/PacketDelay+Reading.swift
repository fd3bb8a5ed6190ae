import Contract
import Quantities

extension PacketDelay {
    private enum Key: String, CaseIterable {
        case time
        case jitter
        case correlation
        case distribution
    }

    /// A time, or a mapping with `time` and what is known of its variation.
    init?(reading reader: NodeReader) {
        let longest = TimeSpan(nanoseconds: Int64(Self.longest))
        let range = TimeSpan(nanoseconds: 1)...longest
        guard reader.isMapping else {
            guard let time = reader.quantity(in: range) else { return nil }
            self.init(nanoseconds: UInt64(time.nanoseconds))
            return
        }
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let time = keyed.require(.time, "a time, such as 10ms") { $0.quantity(in: range) }
        let jitter = keyed.read(.jitter, default: .zero) { $0.quantity(in: TimeSpan.zero...longest) }
        let correlation = keyed.read(.correlation, default: Ratio(fraction: 0)) { $0.share() }
        let distribution = keyed.read(.distribution, default: .uniform) { $0.choice(DelayDistribution.self) }
        guard let time, let jitter, let correlation, let distribution else { return nil }
        self.init(
            nanoseconds: UInt64(time.nanoseconds),
            jitterNanoseconds: UInt64(jitter.nanoseconds),
            correlation: correlation.fraction,
            distribution: distribution
        )
    }

    var canonical: CanonicalValue {
        .object([
            "time": .text(TimeSpan(nanoseconds: Int64(nanoseconds))),
            "jitter": .text(TimeSpan(nanoseconds: Int64(jitterNanoseconds))),
            "correlation": .text(Ratio(fraction: correlation)),
            "distribution": .string(distribution.rawValue),
        ])
    }
}

extension DeliverySlots {
    private enum Key: String, CaseIterable {
        case minimum
        case maximum
        case packets
        case bytes
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let range = TimeSpan.zero...TimeSpan(nanoseconds: Int64(PacketDelay.longest))
        let minimum = keyed.require(.minimum, "a time between turns") { $0.quantity(in: range) }
        let maximum = keyed.require(.maximum, "a time between turns") { $0.quantity(in: range) }
        let packets = keyed.read(.packets, default: 0) { $0.integer(in: 0...1_000_000) }
        let bytes = keyed.read(.bytes, default: 0) { $0.integer(in: 0...1_000_000_000) }
        guard let minimum, let maximum, let packets, let bytes else { return nil }
        self.init(
            minimumNanoseconds: UInt64(minimum.nanoseconds),
            maximumNanoseconds: UInt64(maximum.nanoseconds),
            packets: packets,
            bytes: bytes
        )
    }

    var canonical: CanonicalValue {
        .object([
            "minimum": .text(TimeSpan(nanoseconds: Int64(minimumNanoseconds))),
            "maximum": .text(TimeSpan(nanoseconds: Int64(maximumNanoseconds))),
            "packets": .integer(packets),
            "bytes": .integer(bytes),
        ])
    }
}

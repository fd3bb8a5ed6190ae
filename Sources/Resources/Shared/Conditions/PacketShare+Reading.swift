import Contract
import Quantities

extension NodeReader {
    /// A share of 0 to 100 %.
    func share() -> Ratio? { quantity(in: Ratio(fraction: 0)...Ratio(fraction: 1)) }
}

extension KeyedReader {
    /// A share and how much each choice depends on the one before, under two keys.
    fileprivate func share(_ share: Key, _ correlation: Key) -> PacketShare? {
        let share = require(share, "a share, such as 1%") { $0.share() }
        let correlation = read(correlation, default: Ratio(fraction: 0)) { $0.share() }
        guard let share, let correlation else { return nil }
        return PacketShare(share.fraction, correlation: correlation.fraction)
    }
}

extension PacketShare {
    private enum Key: String, CaseIterable {
        case share
        case correlation
    }

    /// A share, or a mapping with `share` and `correlation`.
    init?(reading reader: NodeReader) {
        guard reader.isMapping else {
            guard let share = reader.share() else { return nil }
            self.init(share.fraction)
            return
        }
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        guard let share = keyed.share(.share, .correlation) else { return nil }
        self = share
    }

    var canonical: CanonicalValue {
        .object(["share": .text(Ratio(fraction: share)), "correlation": .text(Ratio(fraction: correlation))])
    }
}

extension PacketReordering {
    private enum Key: String, CaseIterable {
        case share
        case correlation
        case gap
    }

    /// A share, or a mapping with `share`, `correlation` and `gap`.
    init?(reading reader: NodeReader) {
        guard reader.isMapping else {
            guard let share = reader.share() else { return nil }
            self.init(share.fraction)
            return
        }
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let share = keyed.share(.share, .correlation)
        let gap = keyed.read(.gap, default: 1) { $0.integer(in: 1...1_000_000) }
        guard let share, let gap else { return nil }
        self.init(share.share, correlation: share.correlation, gap: gap)
    }

    var canonical: CanonicalValue {
        .object([
            "share": .text(Ratio(fraction: share)),
            "correlation": .text(Ratio(fraction: correlation)),
            "gap": .integer(gap),
        ])
    }
}

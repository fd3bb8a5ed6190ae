import Contract
import Quantities

extension LinkRate {
    private enum Key: String, CaseIterable {
        case rate
        case packetOverhead
        case cellSize
        case cellOverhead
    }

    /// A rate, or a mapping with `rate` and what packets cost on the link beside their bytes.
    init?(reading reader: NodeReader) {
        guard reader.isMapping else {
            guard let rate = Self.rate(reader) else { return nil }
            self.init(bitsPerSecond: rate.bitsPerSecond)
            return
        }
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let rate = keyed.require(.rate, "a rate, such as 100Mbit") { Self.rate($0) }
        let overhead = keyed.read(.packetOverhead, default: 0) { $0.integer(in: 0...1_000) }
        let cell = keyed.read(.cellSize, default: 0) { $0.integer(in: 0...65_535) }
        let cellOverhead = keyed.read(.cellOverhead, default: 0) { $0.integer(in: 0...1_000) }
        guard let rate, let overhead, let cell, let cellOverhead else { return nil }
        self.init(
            bitsPerSecond: rate.bitsPerSecond, packetOverhead: overhead, cellSize: cell, cellOverhead: cellOverhead)
    }

    private static func rate(_ reader: NodeReader) -> BitRate? {
        reader.quantity(in: BitRate(bitsPerSecond: 8)...BitRate(bitsPerSecond: 1e13))
    }

    var canonical: CanonicalValue {
        .object([
            "rate": .text(BitRate(bitsPerSecond: bitsPerSecond)),
            "packetOverhead": .integer(packetOverhead),
            "cellSize": .integer(cellSize),
            "cellOverhead": .integer(cellOverhead),
        ])
    }
}

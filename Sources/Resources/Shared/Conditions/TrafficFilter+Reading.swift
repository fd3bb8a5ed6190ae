import Contract
import Quantities

extension TrafficFilter {
    private enum Key: String, CaseIterable {
        case peer
        case `protocol`
        case peerPort
        case ownPort
    }

    /// Filters, of which one has to fit.
    static func list(reading reader: NodeReader) -> [TrafficFilter]? {
        reader.list("filters, such as {protocol: udp, peerPort: 53}")?.distinct(
            by: \.self, naming: { "the filter \($0.words)" }
        ) {
            TrafficFilter(reading: $0)
        }
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        self.init(
            peer: keyed[.peer]?.quantity(CIDR.self),
            content: keyed[.protocol]?.choice(Content.self),
            peerPort: keyed[.peerPort]?.integer(in: 1...65_535).map { UInt16($0) },
            ownPort: keyed[.ownPort]?.integer(in: 1...65_535).map { UInt16($0) }
        )
    }

    var canonical: CanonicalValue {
        .object(present: [
            "peer": peer.map { .text($0) },
            "protocol": content.map { .string($0.rawValue) },
            "peerPort": peerPort.map { .integer(Int($0)) },
            "ownPort": ownPort.map { .integer(Int($0)) },
        ])
    }
}

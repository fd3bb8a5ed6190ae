import Contract
import Probes

/// What is measured with every tool.
struct RoundTripSetting: Sendable, Hashable {
    let transport: Transport
    /// The client is always on processor 0.
    let serverProcessor: Int

    static let clientProcessor = 0
    static let messageSize = 64
    static let warmUpMilliseconds: UInt64 = 50
    static let durationMilliseconds: UInt64 = 400

    static let all = [0, 1].flatMap { processor in
        Transport.allCases.map { RoundTripSetting(transport: $0, serverProcessor: processor) }
    }

    var title: String {
        let place =
            serverProcessor == Self.clientProcessor
            ? "both ends on processor 0" : "client on processor 0, server on processor 1"
        return "\(transport.rawValue.uppercased()) round trip of \(Self.messageSize) bytes over one veth pair, \(place)"
    }
}

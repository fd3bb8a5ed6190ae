import Contract

/// What is measured with every tool: how much is under way at once, and where.
struct ConnectionsSetting: Sendable, Hashable {
    let pattern: TrafficPattern
    let connections: Int
    let burst: Int
    /// The client is always on processor 0.
    let serverProcessor: Int

    static let clientProcessor = 0
    static let messageSize = 64
    static let warmUpMilliseconds: UInt64 = 50
    static let durationMilliseconds: UInt64 = 500

    static let all = [0, 1].flatMap { processor in
        [
            ConnectionsSetting(
                pattern: .requestResponse, connections: 64, burst: 1, serverProcessor: processor),
            ConnectionsSetting(
                pattern: .requestResponse, connections: 4, burst: 16, serverProcessor: processor),
            ConnectionsSetting(
                pattern: .connectRequestClose, connections: 32, burst: 1, serverProcessor: processor),
        ]
    }

    var title: String {
        let place =
            serverProcessor == Self.clientProcessor
            ? "both ends on processor 0" : "client on processor 0, server on processor 1"
        let what =
            switch (pattern, burst) {
            case (.connectRequestClose, _): "Connections with one request each, \(connections) under way"
            case (_, 1): "Requests over \(connections) connections"
            default: "Requests over \(connections) connections, \(burst) under way on each"
            }
        return "\(what): \(Self.messageSize) bytes, TCP over one veth pair, \(place)"
    }

    /// How the C loop is told.
    var word: String { pattern == .connectRequestClose ? "crr" : "rr" }
}

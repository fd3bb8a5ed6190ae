import Processes

/// Something that sends packets one way, as many as go, and says how many a second came.
protocol PacketTool: Sendable {
    /// What the table calls it.
    var name: String { get }

    /// The programs that it needs.
    var programs: [String] { get }

    /// Where a missing one comes from, when that is not the package of the same name.
    var source: String? { get }

    /// Starts a server and a client, measures once, and ends both.
    func measure(over pair: VethPair) async throws -> PacketRates
}

extension PacketTool {
    /// Why it cannot be used here, or nothing.
    var obstacle: String? {
        guard let missing = programs.first(where: { Programs.find($0) == nil }) else { return nil }
        return "\(name) is left out: there is no \(missing); \(source ?? Programs.hint(forMissing: missing))."
    }

    var source: String? { nil }
}

/// What one measurement found, in packets per second.
struct PacketRates: Sendable {
    /// What the sender sent; nil where the tool does not say.
    var sent: Double?
    /// What came.
    let received: Double
}

/// What is measured with every tool: the sender on processor 0, the receiver on processor 1.
enum PacketSetting {
    static let messageSize = 64
    /// One second is the shortest that some of them take.
    static let seconds = 1
    static let clientProcessor = 0
    static let serverProcessor = 1
}

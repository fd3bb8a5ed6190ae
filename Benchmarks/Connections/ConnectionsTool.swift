import Processes

/// Something that measures many requests at once.
protocol ConnectionsTool: Sendable {
    /// What the table calls it.
    var name: String { get }

    /// The programs that it needs.
    var programs: [String] { get }

    /// Where a missing one comes from, when that is not the package of the same name.
    var source: String? { get }

    /// Starts a server and its clients, measures once, and ends them.
    func measure(_ setting: ConnectionsSetting, over pair: VethPair) async throws -> ConnectionsResult
}

extension ConnectionsTool {
    /// Why it cannot be used here, or nothing.
    var obstacle: String? {
        guard let missing = programs.first(where: { Programs.find($0) == nil }) else { return nil }
        return "\(name) is left out: there is no \(missing); \(source ?? Programs.hint(forMissing: missing))."
    }

    var source: String? { nil }
}

/// What one measurement found.
struct ConnectionsResult: Sendable {
    /// Replies per second.
    let rate: Double
    /// In microseconds, where the tool tells of all requests together.
    let p50: Double?
    /// Processor time of the client for each reply in microseconds, which is the same whoever else uses the processor.
    let processor: Double?
}

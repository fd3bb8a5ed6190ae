import Processes

/// Something that measures round trips.
protocol RoundTripTool: Sendable {
    /// What the table calls it.
    var name: String { get }

    /// The programs that it needs.
    var programs: [String] { get }

    /// Where a missing one comes from, when that is not the package of the same name.
    var source: String? { get }

    /// Starts a server and a client, measures once, and ends both.
    func measure(_ setting: RoundTripSetting, over pair: VethPair, pace: Pace) async throws -> RoundTrip
}

extension RoundTripTool {
    /// Why it cannot be used here, or nothing.
    var obstacle: String? {
        guard let missing = programs.first(where: { Programs.find($0) == nil }) else { return nil }
        return "\(name) is left out: there is no \(missing); \(source ?? Programs.hint(forMissing: missing))."
    }

    var source: String? { nil }
}

/// How long a round trip takes here, for tools that count round trips and not time.
struct Pace: Sendable {
    var microseconds: Double

    /// The number of round trips that fills the time of one measurement.
    var transactions: Int {
        max(100, Int(Double(RoundTripSetting.durationMilliseconds) * 1_000 / microseconds))
    }
}

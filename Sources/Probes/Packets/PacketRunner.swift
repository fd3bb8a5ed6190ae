import Contract
import LinuxHost

/// Sends datagrams as its settings say, on a thread of its own, and turns what both ends counted into events.
enum PacketRunner: ProbeRunner {
    static func run(_ probe: PacketProbe, in context: ProbeContext) async throws(ProbeFailure) {
        let (stop, seed) = (context.stop, context.seed)
        let result = await PlainThread.run { () -> Result<[ProbeEvent], ProbeFailure> in
            do throws(ProbeFailure) {
                return .success(try measure(probe, token(seed), stop))
            } catch {
                return .failure(error)
            }
        }
        for event in try result.get() { context.output.emit(event) }
    }

    /// Differs between two runs of one seed, too: the datagrams of one may be under way in the other.
    private static func token(_ seed: UInt64) -> UInt64 {
        (seed ^ Clock.monotonicNanoseconds()) &* 0x9E37_79B9_7F4A_7C15
    }

    private static func measure(
        _ probe: PacketProbe, _ token: UInt64, _ stop: ProbeStop
    ) throws(ProbeFailure) -> [ProbeEvent] {
        var client = try PacketClient(probe, token: token, stop)
        if probe.warmUpNanoseconds > 0 {
            _ = try client.run(ratePerSecond: nil, nanoseconds: probe.warmUpNanoseconds)
        }
        let flood = try client.run(ratePerSecond: nil, nanoseconds: probe.durationNanoseconds)
        guard flood.received > 0 else { throw silence(probe, flood) }
        guard let limit = probe.lossBelow else { return PacketReport.flood(flood) }
        return try search(limit, probe, from: flood, with: &client)
    }

    private static func search(
        _ limit: Double, _ probe: PacketProbe, from flood: PacketStep, with client: inout PacketClient
    ) throws(ProbeFailure) -> [ProbeEvent] {
        var search = RateSearch(lossBelow: limit, stepSeconds: Double(probe.durationNanoseconds) / 1e9)
        var log = SearchLog()
        log.append(flood)
        var move = search.next(after: flood.found)
        while case .pace(let rate) = move {
            let step = try client.run(ratePerSecond: rate, nanoseconds: probe.durationNanoseconds)
            log.append(step)
            move = search.next(after: step.found)
        }
        guard case .end(let end) = move else { return [] }
        return PacketReport.search(end, log, probe, limit: limit)
    }

    /// The server answers over TCP, and no datagram gets there.
    private static func silence(_ probe: PacketProbe, _ step: PacketStep) -> ProbeFailure {
        ProbeFailure(
            .timedOut,
            "udp \(probe.target) port \(probe.port): none of \(step.sent) datagrams of \(probe.messageSize) bytes came; see "
                + "that packets of that size pass, and that nothing refuses UDP")
    }
}

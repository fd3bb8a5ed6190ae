import Contract
import LinuxHost

/// Runs a latency client on a thread of its own and turns what it measured into events.
enum LatencyRunner: ProbeRunner {
    static func run(_ probe: LatencyProbe, in surroundings: ProbeContext) async throws(ProbeFailure) {
        let stop = surroundings.stop
        let context = LatencyContext(probe: probe, stop: stop, deadline: surroundings.deadline)
        let result = await PlainThread.run { () -> Result<LatencyOutcome, ProbeFailure> in
            do throws(ProbeFailure) {
                return .success(try measure(context))
            } catch {
                // A call that gave up because the deadline cut it short is the deadline's doing.
                return .failure(error.code == .timedOut && stop.isTripped ? .interrupted(stop) : error)
            }
        }
        let outcome = try result.get()
        guard !outcome.interrupted else { throw ProbeFailure.interrupted(stop) }
        for event in LatencyReport.events(outcome, probe, peer: context.peer) { surroundings.output.emit(event) }
    }

    private static func measure(_ context: LatencyContext) throws(ProbeFailure) -> LatencyOutcome {
        if context.probe.isConcurrent { return try ConnectionsClient(context).run() }
        return switch context.probe.pattern {
        case .requestResponse: try RequestResponseClient(context).run()
        case .connectRequestClose: try ConnectRequestCloseClient(context).run()
        case .openLoop: try OpenLoopClient(context).run()
        case .stream, .flood, .highestRate:
            throw ProbeFailure(.badPlan, "\(context.probe.pattern.rawValue) has no round trips to measure")
        }
    }
}

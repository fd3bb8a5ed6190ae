import Contract
import LinuxHost

/// Tries to reach targets on a thread of its own, and hands each result over as it comes.
enum ReachRunner: ProbeRunner {
    static func run(_ probe: ReachProbe, in context: ProbeContext) async throws(ProbeFailure) {
        let now = Clock.monotonicNanoseconds()
        // Results have to be out before the plan's own deadline ends everything.
        let latest = context.deadline > 200_000_000 ? context.deadline - 200_000_000 : context.deadline
        let end = probe.limitNanoseconds.map { min(now + $0, latest) } ?? latest
        let (stop, output, seed) = (context.stop, context.output, context.seed)
        let result = await PlainThread.run { () -> Result<Void, ProbeFailure> in
            var unwritten: String?
            ReachLoop(probe: probe, stop: stop, seed: seed, end: end) { result in
                do {
                    output.emit(
                        .artifact(
                            name: ReachResult.artifact, mediaType: "application/json", text: try result.json()))
                } catch {
                    unwritten = "\(error)"
                }
            }.run()
            guard let unwritten else { return .success(()) }
            return .failure(ProbeFailure(.system, "a result could not be written as JSON: \(unwritten)"))
        }
        try result.get()
    }
}

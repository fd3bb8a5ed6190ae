import Contract
import LinuxHost
import Synchronization

/// Keeps processors busy until it is stopped, and says how busy they were.
enum ProcessorLoadRunner: ProbeRunner {
    /// The share of what was asked for below which the load does not hold.
    private static let leastShare = 0.3
    /// How long the load runs before it is said to hold.
    private static let proof = Duration.milliseconds(60)

    static func run(_ load: ProcessorLoad, in context: ProbeContext) async throws(ProbeFailure) {
        let counters = (0..<load.processors).map { _ in BusyCounter() }
        let start = Clock.monotonicNanoseconds()
        for counter in counters { try begin(counter, context) }
        defer { for counter in counters { counter.end() } }
        try? await Task.sleep(for: proof)
        let achieved = busy(counters, since: start)
        guard achieved >= Double(load.processors) * leastShare else {
            throw ProbeFailure(
                .unverified,
                "\(load.words) kept only \(achieved) busy; see which processors this process may use (taskset -p, cpu.max)"
            )
        }
        context.output.emit(.ready(port: 0, tool: "load", version: "1"))
        await context.stop.wait()
        if context.stop.reason == .deadline { throw ProbeFailure.interrupted(context.stop) }
        context.output.emit(
            .sample(metric: ConditionMetrics.processorLoad.name, value: busy(counters, since: start)))
    }

    private static func begin(_ counter: BusyCounter, _ context: ProbeContext) throws(ProbeFailure) {
        let (stop, deadline) = (context.stop, context.deadline)
        do {
            try PlainThread.start {
                // The deadline, too: the load undoes itself when nobody trips the stop.
                while !counter.hasEnded, !stop.isTripped, Clock.monotonicNanoseconds() < deadline {
                    counter.work()
                }
            }
        } catch {
            throw ProbeFailure(.system, "\(error)")
        }
    }

    /// How many processors were busy on average.
    private static func busy(_ counters: [BusyCounter], since start: UInt64) -> Double {
        let wall = Double(Clock.monotonicNanoseconds() - start) / 1e9
        return counters.reduce(0) { $0 + $1.seconds } / max(wall, 1e-9)
    }
}

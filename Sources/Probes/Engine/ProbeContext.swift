import Contract
import LinuxHost
import Processes

/// What a probe is carried out with, whichever it is.
struct ProbeContext: Sendable {
    /// Trips when the probe has to end.
    let stop: ProbeStop
    /// Where its events go.
    let output: any ProbeOutput
    /// When it has to have ended, on the monotonic clock in nanoseconds.
    let deadline: UInt64
    /// How long it may take, in seconds.
    let deadlineSeconds: Double
    /// What its random choices come from.
    let seed: UInt64

    init(_ plan: ProbePlan, output: any ProbeOutput, stop: ProbeStop) {
        self.stop = stop
        self.output = output
        deadlineSeconds = plan.deadlineSeconds
        deadline = Clock.monotonicNanoseconds() + UInt64(plan.deadlineSeconds * 1e9)
        seed = plan.seed
    }

    /// What runs a measuring program that is not ours, tied to this process.
    func toolRunner() async -> ToolRunner {
        ToolRunner(stop: stop, deadline: deadline, tether: await ToolTether.find())
    }
}

import Contract
import Quantities
import Resources

/// How long a test of the resource takes: as planned, and at most.
struct TestTime: Sendable {
    let test: CNIPerformance.Test
    /// How long native probes run before they record.
    let warmUp: Duration

    /// Warm-up, omitted part and duration, and what starting and ending costs.
    var expected: Duration {
        let overhead: Duration = isNative ? .milliseconds(35) : .milliseconds(130)
        return lead + test.duration.duration * (isSearch ? PacketProbe.usualSteps : 1) + overhead
    }

    /// What may pass until it is ended: ten seconds more than it should take, and the time that one answer may take.
    var longest: Duration {
        let wait = test.timeout?.duration ?? (test.tool == .packets ? .nanoseconds(PacketProbe.longestWait) : .zero)
        return lead + (test.duration.duration + (isSearch ? wait : .zero)) * (isSearch ? PacketProbe.mostSteps : 1)
            + .seconds(10) + wait
    }

    private var isSearch: Bool { test.tool == .packets && test.pattern == .highestRate }

    private var isNative: Bool { test.tool == .latency || test.tool == .packets }

    private var lead: Duration { test.omit?.duration ?? (isNative ? warmUp : .zero) }
}

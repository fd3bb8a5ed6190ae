import Contract
import Glibc
import LinuxHost
import Probes
import Synchronization

/// Lets SIGTERM and SIGINT end the probe in order, so that its children end too.
enum AgentSignals {
    /// The writing end of the pipe that the handler wakes the waiting thread through.
    private static let wakeDescriptor = Atomic<Int32>(-1)

    /// Trips the stop at the first of these signals; a second one has its usual effect.
    static func trip(_ stop: ProbeStop) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        wakeDescriptor.store(ends[1], ordering: .sequentiallyConsistent)
        let reader = ends[0]
        let started: Void? = try? PlainThread.start {
            var byte: UInt8 = 0
            while read(reader, &byte, 1) < 0, errno == EINTR {}
            stop.trip()
            usleep(useconds_t(GracePeriods.agentStop / .microseconds(1)))
            Descendants.kill(patience: GracePeriods.agentKill)
        }
        guard started != nil else { return }
        for number in [SIGTERM, SIGINT] where !SignalDisposition.wasIgnored(number) {
            // Only write(2) and signal(2) are called in the handler: both are async-signal-safe.
            signal(number) { number in
                signal(number, SIG_DFL)
                var byte: UInt8 = 1
                _ = write(AgentSignals.wakeDescriptor.load(ordering: .relaxed), &byte, 1)
            }
        }
    }
}

import Experiments
import Quantities
import Resources
import Testbed

/// Waits until the machine is quiet, so that what ended last is not measured with what comes next.
struct SettleGate: Sendable {
    /// What a wait found.
    struct Finding: Sendable, Equatable {
        /// Busy share of all processors in the last window, without what the hypervisor took.
        var background: Double
        /// Share that the hypervisor took.
        var stolen: Double
        /// Whether both were within the rule.
        var isQuiet: Bool
    }

    let rule: Settle
    /// What the processors of the testbed have done so far.
    let read: @Sendable () async throws -> MachineReading

    /// Looks window by window until one is quiet or the patience is over.
    func wait() async throws -> Finding {
        let clock = ContinuousClock()
        let end = clock.now + rule.patience.duration
        while true {
            let before = try await read()
            try await clock.sleep(for: rule.window.duration)
            let after = try await read()
            let finding = finding(
                background: after.busyShare(since: before),
                stolen: after.stolenShare(since: before)
            )
            if finding.isQuiet || clock.now >= end { return finding }
        }
    }

    /// Judges one window.
    func finding(background: Double, stolen: Double) -> Finding {
        Finding(
            background: background,
            stolen: stolen,
            isQuiet: background <= rule.maximumBackground.fraction && stolen <= rule.maximumBackground.fraction
        )
    }
}

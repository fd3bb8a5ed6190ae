import Experiments
import LinuxHost
import Quantities
import Resources

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

    /// Looks window by window until one is quiet or the patience is over.
    func wait() async throws -> Finding {
        let clock = ContinuousClock()
        let end = clock.now + rule.patience.duration
        while true {
            let before = try CPUTimes.read()
            try await clock.sleep(for: rule.window.duration)
            let after = try CPUTimes.read()
            let finding = finding(
                background: after.utilisation(since: before),
                stolen: after.stealFraction(since: before)
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

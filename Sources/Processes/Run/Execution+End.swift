import Contract
import Glibc
import Subprocess

extension Execution {
    /// Waits until the process has ended by itself, at most for `limit`; then ends its group.
    ///
    /// Returns only when the process is gone, even when the surrounding task is cancelled.
    func waitForEnd(atMost limit: Duration) async {
        // Signal 0 tests for existence and does nothing: the step is a pure wait for the end of the process.
        await teardown(using: [.send(signal: Signal(rawValue: 0), allowedDurationToNextStep: limit), Self.terminate])
    }

    /// Ends the process group: SIGTERM, a moment later SIGKILL.
    func endGroup() async {
        await teardown(using: [Self.terminate])
        killGroup()
    }

    /// Sends SIGKILL to what is left of the process group.
    ///
    /// Safe only while the process is not reaped, which the library does after the body of `run` returned: until then
    /// the number cannot belong to another group.
    func killGroup() {
        // The program leads a session, so its number is its group's. ESRCH only says that nobody is left.
        _ = kill(-processIdentifier.value, SIGKILL)
    }

    static var terminate: TeardownStep {
        .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: GracePeriods.termination)
    }
}

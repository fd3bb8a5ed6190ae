import Glibc
import LinuxHost
import TestSupport
import Testing

@Suite("Whether a process runs")
struct ProcessStatusTests {
    @Test("one that ended and was not waited for does not, and neither does one that is gone")
    func ended() throws {
        let child = try TestProcess.start("sleep", "1000")
        #expect(ProcessStatus.isRunning(child))
        kill(child, SIGKILL)
        for _ in 0..<2_000 where ProcessStatus.isRunning(child) { usleep(1_000) }
        // Its number is taken until somebody waits for it.
        #expect(kill(child, 0) == 0 && !ProcessStatus.isRunning(child))
        #expect(TestProcess.endingSignal(of: child) == SIGKILL)
        #expect(!ProcessStatus.isRunning(child))
        #expect(ProcessStatus.isRunning(getpid()))
    }
}

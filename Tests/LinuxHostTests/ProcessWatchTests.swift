import LinuxHost
import TestSupport
import Testing

@Suite("Watching children")
struct ProcessWatchTests {
    @Test("a child that lives for a while is seen, with the memory it took; without one nothing is")
    func sees() async throws {
        let nothing = await ProcessWatch().during { try? await Task.sleep(for: .milliseconds(30)) }
        #expect(nothing.finding.peakBytes == 0)
        let seen = try await ProcessWatch().during {
            let process = try TestProcess.start("sleep", "0.5")
            try await Task.sleep(for: .milliseconds(300))
            return TestProcess.endingSignal(of: process)
        }
        #expect(seen.value == 0)
        #expect(seen.finding.processes >= 1)
        // Even a small program has some pages, and `sleep` is far from a gigabyte.
        #expect((100_000..<1_000_000_000).contains(seen.finding.peakBytes))
    }
}

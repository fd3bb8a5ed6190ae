import Glibc
import LinuxHost
import TestSupport
import Testing

@Suite("Ending processes")
struct ProcessEndTests {
    @Test("a process that listens is asked, and ends")
    func asked() throws {
        let process = try TestProcess.start("sleep", "60")
        #expect(ProcessEnd.end([process], deadline: .seconds(10)).isEmpty)
        #expect(TestProcess.endingSignal(of: process) == SIGTERM)
    }

    @Test("a process that does not listen is killed within the deadline")
    func killed() throws {
        let process = try TestProcess.start("env", "--ignore-signal=TERM", "sleep", "60")
        // The signal is ignored only once env has got to it.
        let patience = ContinuousClock.now + .seconds(5)
        while try !ignoresTerm(process), ContinuousClock.now < patience { usleep(2000) }
        #expect(ProcessEnd.end([process], deadline: .milliseconds(400)).isEmpty)
        #expect(TestProcess.endingSignal(of: process) == SIGKILL)
    }

    @Test("a process that is gone is no survivor, and one that is not ours to end is")
    func absent() throws {
        let process = try TestProcess.start("true")
        #expect(TestProcess.endingSignal(of: process) == 0)
        #expect(ProcessEnd.end([process], deadline: .seconds(1)).isEmpty)
        #expect(ProcessEnd.end([1, 0, -1, getpid()], deadline: .seconds(1)) == [1, 0, -1, getpid()])
    }

    private func ignoresTerm(_ process: Int32) throws -> Bool {
        let file = try #require(fopen("/proc/\(process)/status", "r"))
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { fread($0.baseAddress, 1, $0.count, file) }
        let text = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("SigIgn:") }) else { return false }
        let mask = try #require(line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) })
        return mask & 1 << (UInt64(SIGTERM) - 1) != 0
    }
}

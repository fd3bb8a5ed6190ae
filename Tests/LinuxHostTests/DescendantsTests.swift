import Glibc
import TestSupport
import Testing

@testable import LinuxHost

@Suite("What a run starts")
struct DescendantsTests {
    @Test("a child and its child are found; what has ended is not")
    func found() async throws {
        let child = try TestProcess.start("sh", "-c", "sleep 600 & wait")
        defer { _ = TestProcess.endingSignal(of: child) }
        let end = ContinuousClock.now + .seconds(10)
        var grandchild: Int32?
        while grandchild == nil, ContinuousClock.now < end {
            grandchild = Descendants.all().first { ProcessStatus.parent(of: $0) == child }
            try await Task.sleep(for: .milliseconds(5))
        }
        let sleeper = try #require(grandchild)
        #expect(Descendants.all().contains(child))
        #expect(ProcessEnd.end([sleeper, child], deadline: .seconds(4)).isEmpty)
        // Ended, and not waited for yet.
        #expect(!Descendants.all().contains(child))
    }

    @Test("the mark of a run is read as it was written, and nothing else is one")
    func mark() {
        let owner = OwnerProcess(bootID: "4626bd44-fdb8", pid: 4711, start: 99)
        let mark = RunMark(run: "abc123", owner: owner)
        #expect(mark.text == "abc123 4711 99 4626bd44-fdb8")
        #expect(RunMark(text: mark.text) == mark)
        for text in [
            "", "abc", "abc 1", "abc 1 2", "abc x 2 b", "abc 0 2 b", "abc -1 2 b", "abc 1 2 b c", "abc 1 2  b",
        ] {
            #expect(RunMark(text: text) == nil, "\(text)")
        }
        #expect(MarkedProcess.mark(in: "A=b\0\(RunMark.variable)=\(mark.text)\0C=d\0") == mark)
        #expect(MarkedProcess.mark(in: "X\(RunMark.variable)=\(mark.text)\0") == nil)
    }

    @Test("a process with the mark of a dead process is an orphan; with that of a living one it is not")
    func orphans() async throws {
        let living = OwnerProcess.current
        let dead = OwnerProcess(bootID: living.bootID, pid: living.pid, start: living.start &+ 1)
        #expect(living.isAlive && !dead.isAlive && dead.isFromThisBoot)
        let variable = RunMark.variable
        let mine = try TestProcess.start(
            "env", "\(variable)=\(RunMark(run: "mine", owner: living).text)", "sleep", "60")
        let theirs = try TestProcess.start(
            "env", "\(variable)=\(RunMark(run: "gone", owner: dead).text)", "sleep", "60")
        defer {
            for process in [mine, theirs] {
                kill(process, SIGKILL)
                _ = TestProcess.endingSignal(of: process)
            }
        }
        let end = ContinuousClock.now + .seconds(10)
        while MarkedProcess.all().count(where: { [mine, theirs].contains($0.pid) }) < 2, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(5))
        }
        let orphans = MarkedProcess.orphans().filter { [mine, theirs].contains($0.pid) }
        #expect(orphans.map(\.pid) == [theirs])
        #expect(orphans.first?.mark.run == "gone")
        #expect(orphans.first?.name == "sleep")
    }

    @Test("nothing can be tied to a process that is gone")
    func lifeline() {
        let living = OwnerProcess.current
        #expect(!Lifeline.tie(to: OwnerProcess(bootID: living.bootID, pid: living.pid, start: living.start &+ 1)))
        #expect(!Lifeline.tie(to: OwnerProcess(bootID: "another boot", pid: living.pid, start: living.start)))
    }
}

import Glibc
import TestSupport
import Testing

@testable import LinuxHost

@Suite("Locks and peaks in /proc")
struct FileLockTests {
    @Test("the holder of a lock is found by its file, and waiters and other kinds of locks are not")
    func holders() {
        let locks = """
            1: POSIX  ADVISORY  WRITE 14630 fe:00:16590114 1073741824 1073742335
            2: FLOCK  ADVISORY  WRITE 14631 fe:00:16590114 0 EOF
            2: -> FLOCK  ADVISORY  WRITE 14632 fe:00:16590114 0 EOF
            3: FLOCK  ADVISORY  WRITE 14633 fe:00:16224584 0 EOF
            """
        #expect(FileLock.holders(ofInode: 16_590_114, in: locks) == [14_631])
        #expect(FileLock.holders(ofInode: 1, in: locks) == [])
    }

    @Test("a lock that nobody holds is had at once, one that is held is waited for, and not longer than was asked for")
    func waits() async throws {
        try await ScratchDirectory.with { directory in
            let path = "\(directory)/lock"
            let lock = try FileLock(path: path, flags: O_CREAT | O_RDONLY)
            let file = open(path, O_RDWR | O_CLOEXEC)
            defer { close(file) }
            #expect(flock(file, LOCK_EX | LOCK_NB) == 0)
            #expect(try lock.take() == false)
            #expect(try await lock.take(within: .milliseconds(30)) == false)
            #expect(try lock.takeWaiting(within: .milliseconds(30)) == false)
            #expect(FileLock.holders(of: path).count == 1)
            async let freed = Task {
                try await Task.sleep(for: .milliseconds(30))
                return flock(file, LOCK_UN)
            }.value
            #expect(try await lock.take(within: .seconds(30)))
            #expect(try await freed == 0)
            #expect(flock(file, LOCK_EX | LOCK_NB) != 0)
            _ = consume lock
            #expect(FileLock.holders(of: path).isEmpty)
        }
        #expect(throws: HostError.self) { _ = try FileLock(path: "/nowhere/lock", flags: O_RDONLY) }
    }

    @Test("the high-water mark is read in bytes, and not made up")
    func peak() {
        #expect(ProcessStatus.peakBytes(in: "Name:\tnft\nVmPeak:\t  9000 kB\nVmHWM:\t    1234 kB\n") == 1_263_616)
        #expect(ProcessStatus.peakBytes(in: "Name:\tnft\n") == nil)
        #expect(ProcessStatus.peakBytes(in: "VmHWM:\t1 MB\n") == nil)
    }
}

import Testing

@testable import LinuxHost

@Suite("Locks and peaks in /proc")
struct AdvisoryLockTests {
    @Test("the holder of a lock is found by its file, and waiters and other kinds of locks are not")
    func holders() {
        let locks = """
            1: POSIX  ADVISORY  WRITE 14630 fe:00:16590114 1073741824 1073742335
            2: FLOCK  ADVISORY  WRITE 14631 fe:00:16590114 0 EOF
            2: -> FLOCK  ADVISORY  WRITE 14632 fe:00:16590114 0 EOF
            3: FLOCK  ADVISORY  WRITE 14633 fe:00:16224584 0 EOF
            """
        #expect(AdvisoryLock.holders(ofInode: 16_590_114, in: locks) == [14_631])
        #expect(AdvisoryLock.holders(ofInode: 1, in: locks) == [])
    }

    @Test("the high-water mark is read in bytes, and not made up")
    func peak() {
        #expect(ProcessStatus.peakBytes(in: "Name:\tnft\nVmPeak:\t  9000 kB\nVmHWM:\t    1234 kB\n") == 1_263_616)
        #expect(ProcessStatus.peakBytes(in: "Name:\tnft\n") == nil)
        #expect(ProcessStatus.peakBytes(in: "VmHWM:\t1 MB\n") == nil)
    }
}

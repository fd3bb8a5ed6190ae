import LinuxHost
import Synchronization

/// The work of one thread that keeps a processor busy, and how long it has worked.
final class BusyCounter: Sendable {
    private let ended = Atomic<Bool>(false)
    private let nanoseconds = Atomic<UInt64>(0)

    /// Whether the thread is to end.
    var hasEnded: Bool { ended.load(ordering: .relaxed) }

    /// Processor time of the thread so far, in seconds.
    var seconds: Double { Double(nanoseconds.load(ordering: .relaxed)) / 1e9 }

    /// Lets the thread end.
    func end() { ended.store(true, ordering: .relaxed) }

    /// About a millisecond of work; called by the thread that is counted.
    func work() {
        var number: UInt64 = 1
        for _ in 0..<200_000 { number = number &* 6_364_136_223_846_793_005 &+ 1 }
        // Otherwise nothing depends on the loop, and a compiler may leave it out.
        let used = UInt64(ThreadCPU.seconds() * 1e9)
        nanoseconds.store(used | (number & 1), ordering: .relaxed)
    }
}

import Glibc
import LinuxHost
import Sockets
import Synchronization

/// Takes datagrams on a thread of its own and counts those of the step that is under way.
///
/// It looks for them at intervals and never waits in the socket: a receiver that waits is woken by the sender, datagram by
/// datagram, and the sender's time is what is measured. What comes between two looks has room in the socket.
final class PacketReceiver: Sendable {
    /// How much may wait in the socket: some milliseconds of millions a second.
    static let waitingBytes: Int32 = 8 << 20
    /// Datagrams that one call takes.
    static let batchSize = 128
    /// Between two looks while a step is under way.
    private static let interval = 50_000
    /// Between two looks otherwise.
    private static let idleInterval = 500_000

    private let wanted = Atomic<UInt64>(0)
    private let current = Atomic<UInt64>(0)
    private let matching = Atomic<UInt64>(0)
    private let others = Atomic<UInt64>(0)
    private let first = Atomic<UInt64>(0)
    private let last = Atomic<UInt64>(0)
    private let cpuNanoseconds = Atomic<UInt64>(0)
    private let hasEnded = Atomic<Bool>(false)
    private let mustEnd = Atomic<Bool>(false)
    private let error = Atomic<Int32>(0)

    /// Why it took no more before it was told to end, if that was so.
    var failure: SocketError? {
        let code = error.load(ordering: .acquiring)
        return code == 0 ? nil : SocketError(.receive, code)
    }

    /// Begins to take what comes to a socket, which is to stay open until ``end()`` has returned.
    func start(_ descriptor: Int32, size: Int, _ stop: ProbeStop) throws(SocketError) {
        let started: Void? = try? PlainThread.start { [self] in
            do throws(HostError) {
                run(descriptor, try DatagramBatch(count: Self.batchSize, size: size), stop)
            } catch {
                self.error.store(error.errno, ordering: .releasing)
            }
            hasEnded.store(true, ordering: .releasing)
        }
        guard started != nil else {
            hasEnded.store(true, ordering: .releasing)
            throw SocketError(.open, EAGAIN)
        }
    }

    /// Ends the thread and waits for it.
    func end() {
        mustEnd.store(true, ordering: .relaxed)
        while !hasEnded.load(ordering: .acquiring) { usleep(200) }
    }

    private func run(_ descriptor: Int32, _ batch: borrowing DatagramBatch, _ stop: ProbeStop) {
        TimerSlack.minimise()
        var header: UInt64 = 0
        var cpu = 0.0
        while !stop.isTripped, !mustEnd.load(ordering: .relaxed) {
            let next = wanted.load(ordering: .acquiring)
            if next != header {
                if header != 0 {
                    cpuNanoseconds.store(UInt64((ThreadCPU.seconds() - cpu) * 1e9), ordering: .relaxed)
                }
                if next != 0 { reset() }
                header = next
                cpu = ThreadCPU.seconds()
                current.store(next, ordering: .releasing)
            }
            let received = batch.receive(on: descriptor)
            if received > 0 { count(batch, received, header) }
            if received < 0, received != -Int(EAGAIN) {
                error.store(Int32(truncatingIfNeeded: -received), ordering: .releasing)
                return
            }
            // A whole batch: there may be more.
            if received < batch.count { Self.sleep(header == 0 ? Self.idleInterval : Self.interval) }
        }
    }

    /// Counts another step from now on, or none with 0; returns when the thread does, false when it has ended.
    func count(_ header: UInt64) -> Bool {
        wanted.store(header, ordering: .releasing)
        while current.load(ordering: .acquiring) != header {
            if hasEnded.load(ordering: .acquiring) { return false }
            usleep(100)
        }
        return true
    }

    /// How many of the step have come so far.
    var packets: UInt64 { matching.load(ordering: .relaxed) }

    /// What was counted of the step that has just ended.
    func reply(_ header: UInt64) -> PacketControl.Reply {
        PacketControl.Reply(
            header: header, packets: packets,
            spanNanoseconds: last.load(ordering: .relaxed) - first.load(ordering: .relaxed),
            cpuNanoseconds: cpuNanoseconds.load(ordering: .relaxed), others: others.load(ordering: .relaxed))
    }

    @inline(__always)
    private func count(_ batch: borrowing DatagramBatch, _ received: Int, _ header: UInt64) {
        guard header != 0 else { return }
        let ours = batch.matching(header, of: received)
        if ours < received { others.add(UInt64(received - ours), ordering: .relaxed) }
        guard ours > 0 else { return }
        let now = Clock.monotonicNanoseconds()
        if packets == 0 { first.store(now, ordering: .relaxed) }
        last.store(now, ordering: .relaxed)
        matching.add(UInt64(ours), ordering: .relaxed)
    }

    private func reset() {
        matching.store(0, ordering: .relaxed)
        others.store(0, ordering: .relaxed)
        first.store(0, ordering: .relaxed)
        last.store(0, ordering: .relaxed)
        cpuNanoseconds.store(0, ordering: .relaxed)
    }

    private static func sleep(_ nanoseconds: Int) {
        var time = timespec(tv_sec: 0, tv_nsec: nanoseconds)
        nanosleep(&time, nil)
    }
}

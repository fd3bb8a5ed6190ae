import Glibc
import LinuxHost
import ServiceLab
import ServiceProxies
import Sockets
import Synchronization

/// Finds the moment from which clients see a change, by opening a connection every quarter of a millisecond.
///
/// Attempts that get no answer stay open while the next ones are made, so the resolution does not depend on how long a
/// lost packet takes to be noticed. The result is the time at which the first successful attempt was *started*. For a
/// service that has to vanish it is the start of the first attempt that failed. The change was there at that time at
/// the latest, and the attempt's own duration is no part of it.
final class VisibilityPoll: Sendable {
    /// What has to be seen.
    enum Expectation: Sendable {
        /// An answer of one of these endpoints.
        case answer(ClosedRange<IPv4Address>)
        /// No answer any more.
        case silence
    }

    /// What was found.
    enum Finding: Sendable, Equatable {
        /// The change was visible so many nanoseconds after the start.
        case visible(nanoseconds: UInt64)
        /// It was not visible when it was given up, so many nanoseconds after the start.
        case unseen(nanoseconds: UInt64)
    }

    private let target: ServiceTable.Target
    private let expectation: Expectation
    private let stop: ProbeStop
    private let giveUpAt = Atomic<UInt64>(.max)

    private static let interval: UInt64 = 250_000
    /// Attempts that stay open at a time.
    private static let mostOpen = 64
    /// How long an attempt may take until it counts as failed.
    private static let attemptNanoseconds: UInt64 = 100_000_000

    init(_ target: ServiceTable.Target, expecting expectation: Expectation, stop: ProbeStop) {
        self.target = target
        self.expectation = expectation
        self.stop = stop
    }

    /// Says that the tool has returned: from now on it is waited at most this long.
    func returned(patience: UInt64) {
        giveUpAt.store(Clock.monotonicNanoseconds() + patience, ordering: .relaxed)
    }

    /// Polls from `start` on; blocks, and has to be called inside the client's namespace.
    func run(since start: UInt64) throws(SocketError) -> Finding {
        TimerSlack.minimise()
        var open: [PendingConnection] = []
        defer { for attempt in open { attempt.close() } }
        var next = start
        while true {
            var now = Clock.monotonicNanoseconds()
            if now >= giveUpAt.load(ordering: .relaxed) || stop.isTripped { return .unseen(nanoseconds: now - start) }
            if now >= next, makesRoom(in: &open) {
                open.append(try PendingConnection(to: target, at: now))
                next = now + Self.interval
            }
            now = Clock.monotonicNanoseconds()
            var index = 0
            while index < open.count {
                let result = open[index].progress(now: now, patience: Self.attemptNanoseconds)
                guard let result else {
                    index += 1
                    continue
                }
                let attempt = open.remove(at: index)
                attempt.close()
                if matches(result) { return .visible(nanoseconds: attempt.startedAt - min(attempt.startedAt, start)) }
            }
            // Short against the interval; not spinning, for the proxy may need this processor.
            var pause = timespec(tv_sec: 0, tv_nsec: 30_000)
            nanosleep(&pause, nil)
        }
    }

    /// Whether another attempt may be made, after giving up the oldest where it can only be too early.
    ///
    /// Its first packet was lost when nobody answered yet, and the kernel sends the next only after a second. When a
    /// service has to vanish, so many that are open are the sign of it, and the oldest is what is waited for.
    private func makesRoom(in open: inout [PendingConnection]) -> Bool {
        guard open.count >= Self.mostOpen else { return true }
        guard case .answer = expectation else { return false }
        open.removeFirst().close()
        return true
    }

    private func matches(_ result: PendingConnection.Result) -> Bool {
        switch (expectation, result) {
        case (.answer(let range), .answered(let endpoint)): range.contains(endpoint)
        case (.silence, .failed): true
        case (.answer, .failed), (.silence, .answered): false
        }
    }
}

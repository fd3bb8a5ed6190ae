import Contract
import LinuxHost
import Quantities
import Sockets

/// Sends numbered packets at their times and takes what comes back; one thread does both.
///
/// What the system refuses to send (no route, a link that is down) is a loss as any other: that is what is measured.
struct PathClient: ~Copyable {
    private let probe: PathProbe
    private let stop: ProbeStop
    /// One for all packets, or one for each.
    private let flows: [PathFlow]
    private let descriptors: [Int32]
    private let pattern: PathPattern
    private var tally: PathTally

    /// What is waited for second copies when all have come.
    private static let patience: UInt64 = 20_000_000

    init(_ probe: PathProbe, stop: ProbeStop) throws(SocketError) {
        self.probe = probe
        self.stop = stop
        pattern = PathPattern(size: probe.payloadSize)
        tally = PathTally(count: probe.count, frameBytes: probe.payloadSize + PathTally.headers(probe.target.family))
        var flows: [PathFlow] = []
        for _ in 0..<(probe.isFresh ? probe.count : 1) { flows.append(try PathFlow(probe)) }
        self.flows = flows
        descriptors = flows.compactMap(\.descriptor)
    }

    /// Sends all, waits for what is on its way, and returns what became of them.
    consuming func run() throws(SocketError) -> PathTally {
        guard !descriptors.isEmpty else { return tally }
        TimerSlack.minimise()
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: probe.payloadSize, alignment: 8)
        defer { bytes.deallocate() }
        let start = Clock.monotonicNanoseconds()
        var next = 0
        var end = UInt64.max
        while !stop.isTripped {
            var now = Clock.monotonicNanoseconds()
            var isFull = false
            while next < probe.count, intended(next, start) <= now, !isFull {
                pattern.write(next, to: bytes)
                // Before it is sent: over a pair of links the answer may be here before the call returns.
                let time = Clock.monotonicNanoseconds()
                let payload = UnsafeRawBufferPointer(start: bytes, count: probe.payloadSize)
                if try flow(next).send(payload, number: next) {
                    tally.send(next, at: time)
                    next += 1
                    // Answers are taken between sends, too, where sends are all that there is to do.
                    if next % 32 == 0 { try receive() }
                } else {
                    isFull = true
                }
            }
            if next == probe.count, end == .max { end = Clock.monotonicNanoseconds() + probe.timeoutNanoseconds }
            try receive()
            now = Clock.monotonicNanoseconds()
            if tally.answered == probe.count { end = min(end, max(tally.lastArrival + Self.patience, now)) }
            if now >= end || (tally.answered == probe.count && now >= tally.lastArrival + Self.patience) { break }
            let wake = next < probe.count ? intended(next, start) : end
            try SocketWait.wait(
                descriptors, toSend: isFull ? flow(next).descriptor : nil,
                nanoseconds: min(wake > now ? wake - now : 0, 50_000_000))
        }
        return tally
    }

    private func flow(_ number: Int) -> PathFlow { flows[number % flows.count] }

    private func intended(_ number: Int, _ start: UInt64) -> UInt64 {
        start + UInt64(number) * probe.intervalNanoseconds
    }

    private mutating func receive() throws(SocketError) {
        let size = flows.map(\.capacity).max() ?? 0
        try withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer throws(SocketError) in
            for flow in flows {
                try flow.receive(into: buffer) { payload in
                    let now = Clock.monotonicNanoseconds()
                    if let number = pattern.number(of: payload) {
                        tally.arrive(number, at: now)
                    } else {
                        tally.corrupt()
                    }
                }
            }
        }
    }
}

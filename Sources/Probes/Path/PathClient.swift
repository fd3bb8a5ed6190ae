import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Sends numbered packets at their times and takes what comes back; one thread does both.
///
/// What the system refuses to send (no route, a link that is down) is a loss as any other: that is what is measured.
struct PathClient: ~Copyable {
    private let probe: PathProbe
    private let stop: ProbeStop
    private let pattern: PathPattern
    private var tally: PathTally
    /// Nil where the system knows no way to the peer at all.
    private let socket: PathSocket?

    /// What is waited for second copies when all have come.
    private static let patience: UInt64 = 20_000_000

    init(_ probe: PathProbe, stop: ProbeStop) throws(SocketError) {
        self.probe = probe
        self.stop = stop
        pattern = PathPattern(size: probe.payloadSize)
        tally = PathTally(count: probe.count, frameBytes: probe.payloadSize + PathTally.headers(probe.target.family))
        do throws(SocketError) {
            socket = try PathSocket(probe)
        } catch {
            guard error.operation == .connect, Self.isLoss(error.code) else { throw error }
            socket = nil
        }
    }

    /// Sends all, waits for what is on its way, and returns what became of them.
    consuming func run() throws(SocketError) -> PathTally {
        guard let socket else { return tally }
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
                if try send(next, UnsafeRawBufferPointer(start: bytes, count: probe.payloadSize), by: socket) {
                    tally.send(next, at: time)
                    next += 1
                    // Answers are taken between sends, too, where sends are all that there is to do.
                    if next % 32 == 0 { try receive(from: socket) }
                } else {
                    isFull = true
                }
            }
            if next == probe.count, end == .max { end = Clock.monotonicNanoseconds() + probe.timeoutNanoseconds }
            try receive(from: socket)
            now = Clock.monotonicNanoseconds()
            if tally.answered == probe.count { end = min(end, max(tally.lastArrival + Self.patience, now)) }
            if now >= end || (tally.answered == probe.count && now >= tally.lastArrival + Self.patience) { break }
            let wake = next < probe.count ? intended(next, start) : end
            try SocketWait.wait(
                socket.descriptor, toSend: isFull, nanoseconds: min(wake > now ? wake - now : 0, 50_000_000))
        }
        return tally
    }

    private func intended(_ number: Int, _ start: UInt64) -> UInt64 {
        start + UInt64(number) * probe.intervalNanoseconds
    }

    /// Sends one, or loses it where the system refuses to; false where it has to wait.
    private func send(
        _ number: Int, _ payload: UnsafeRawBufferPointer, by socket: PathSocket
    ) throws(SocketError) -> Bool {
        do throws(SocketError) {
            return try socket.send(payload, number: number)
        } catch {
            guard Self.isLoss(error.code) else { throw error }
            return true
        }
    }

    private mutating func receive(from socket: PathSocket) throws(SocketError) {
        let flags = Int32(MSG_DONTWAIT)
        let size = socket.capacity
        try withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer throws(SocketError) in
            while true {
                let count = withoutInterruption { recv(socket.descriptor, buffer.baseAddress, size, flags) }
                let now = Clock.monotonicNanoseconds()
                if count < 0 {
                    let code = errno
                    if code == EAGAIN { return }
                    // An error of ICMP, told once; the packet that it is about is lost already.
                    guard Self.isLoss(code) else { throw SocketError(.receive, code) }
                    continue
                }
                guard let payload = socket.payload(of: UnsafeRawBufferPointer(rebasing: buffer[..<count])) else {
                    continue
                }
                if let number = pattern.number(of: payload) {
                    tally.arrive(number, at: now)
                } else {
                    tally.corrupt()
                }
            }
        }
    }

    /// What is said of a packet that did not get through.
    private static func isLoss(_ code: Int32) -> Bool {
        [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EPERM, EACCES, EMSGSIZE, EPROTO, ENOPROTOOPT]
            .contains(code)
    }
}

import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Sends numbered datagrams at their times and takes what comes back; one thread does both.
///
/// What the system refuses to send (no route, a link that is down) is a loss as any other: that is what is measured.
struct PathClient: ~Copyable {
    private let probe: PathProbe
    private let stop: ProbeStop
    private let socket: Socket
    private let pattern: PathPattern
    private var tally: PathTally
    /// Whether the system knows a way to the peer at all.
    private let isConnected: Bool

    /// What is waited for second copies when all have come.
    private static let patience: UInt64 = 20_000_000

    init(_ probe: PathProbe, stop: ProbeStop) throws(SocketError) {
        self.probe = probe
        self.stop = stop
        pattern = PathPattern(size: probe.payloadSize)
        tally = PathTally(count: probe.count, frameBytes: probe.payloadSize + PathTally.headers(probe.target.family))
        var isConnected = true
        socket = try Self.open(probe, &isConnected)
        self.isConnected = isConnected
    }

    private static func open(_ probe: PathProbe, _ isConnected: inout Bool) throws(SocketError) -> Socket {
        let socket = try Socket(.udp, probe.target.family)
        // As much as there is, so that a burst waits here and is not lost.
        socket.setBufferSizes(bytes: 4 << 20)
        if probe.isUnchecked, probe.target.family == .ipv4 { try socket.setUnchecked() }
        if let port = probe.ownPort { try socket.bind(family: probe.target.family, port: port) }
        do throws(SocketError) {
            try socket.connect(to: SocketAddress(probe.target, port: probe.port))
        } catch {
            guard isLoss(error.code) else { throw error }
            isConnected = false
        }
        return socket
    }

    /// Sends all, waits for what is on its way, and returns what became of them.
    consuming func run() throws(SocketError) -> PathTally {
        TimerSlack.minimise()
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: probe.payloadSize, alignment: 8)
        defer { bytes.deallocate() }
        let start = Clock.monotonicNanoseconds()
        var next = 0
        var end = UInt64.max
        guard isConnected else { return tally }
        while !stop.isTripped {
            var now = Clock.monotonicNanoseconds()
            var isFull = false
            while next < probe.count, intended(next, start) <= now, !isFull {
                pattern.write(next, to: bytes)
                switch try send(bytes) {
                case .sent, .lost:
                    tally.send(next, at: Clock.monotonicNanoseconds())
                    next += 1
                    // Answers are taken between sends, too, where sends are all that there is to do.
                    if next % 32 == 0 { try receive() }
                case .full: isFull = true
                }
            }
            if next == probe.count, end == .max { end = Clock.monotonicNanoseconds() + probe.timeoutNanoseconds }
            try receive()
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

    private enum Sending {
        case sent
        case lost
        case full
    }

    private func send(_ bytes: UnsafeMutableRawPointer) throws(SocketError) -> Sending {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let (descriptor, size) = (socket.descriptor, probe.payloadSize)
        guard withoutInterruption({ Glibc.send(descriptor, bytes, size, flags) }) < 0 else { return .sent }
        let code = errno
        if code == EAGAIN || code == ENOBUFS { return .full }
        guard Self.isLoss(code) else { throw SocketError(.send, code) }
        return .lost
    }

    private mutating func receive() throws(SocketError) {
        let flags = Int32(MSG_DONTWAIT)
        let descriptor = socket.descriptor
        let size = max(probe.payloadSize, 1) + 1
        try withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer throws(SocketError) in
            while true {
                let count = withoutInterruption { recv(descriptor, buffer.baseAddress, size, flags) }
                let now = Clock.monotonicNanoseconds()
                if count < 0 {
                    let code = errno
                    if code == EAGAIN { return }
                    // An error of ICMP, told once; the packet that it is about is lost already.
                    guard Self.isLoss(code) else { throw SocketError(.receive, code) }
                    continue
                }
                if let number = pattern.number(of: UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
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

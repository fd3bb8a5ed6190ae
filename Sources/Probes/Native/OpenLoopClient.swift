import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Statistics

/// Requests leave at a fixed rate, whether or not replies come; one thread sends and receives.
///
/// Latency counts from the intended time of a request, so a stall of the peer or of this thread is seen by every
/// request that it delays (no coordinated omission). A send that missed its time is made late, and counted.
struct OpenLoopClient: ~Copyable {
    private let context: LatencyContext
    private let buffer: MessageBuffer
    private let socket: Socket
    private var reader: FrameReader
    private var open: OpenRequests
    private var outcome = LatencyOutcome()
    private var sendLag = LatencyHistogram()
    /// When the last message went out.
    private var lastSend: UInt64 = 0
    /// Bytes of the current message that the socket has not taken yet; 0 between messages.
    private var unsent = 0

    init(_ context: LatencyContext) throws(ProbeFailure) {
        let probe = context.probe
        self.context = context
        buffer = MessageBuffer(size: probe.messageSize)
        do throws(SocketError) {
            socket = try context.connect(SocketAddress(probe.target, port: probe.port))
        } catch {
            throw context.failure(error)
        }
        reader = FrameReader(descriptor: socket.descriptor, transport: probe.transport, size: probe.messageSize)
        // At the full rate so many wait until they are given up; room for twice that, since sends may come in bursts.
        let outstanding = (probe.ratePerSecond ?? 1) * Double(probe.timeoutNanoseconds) / 1e9
        open = OpenRequests(capacity: min(Int(outstanding * 2) + 1, LatencyProbe.mostOpenRequests))
    }

    /// Warms up, measures, waits for the last replies, and returns what was measured.
    consuming func run() throws(ProbeFailure) -> LatencyOutcome {
        TimerSlack.minimise()
        let probe = context.probe
        // A millisecond ahead, so that the first request is not late already.
        let start = Clock.monotonicNanoseconds() + 1_000_000
        let schedule = SendSchedule(
            start: start,
            warmUp: probe.warmUpNanoseconds,
            duration: probe.durationNanoseconds,
            ratePerSecond: probe.ratePerSecond ?? 1
        )
        var cpu = ThreadCPU.seconds()
        var inWarmUp = true
        var now = Clock.monotonicNanoseconds()
        while !context.stop.isTripped {
            // One loop for both, so that the measured interval begins in full swing.
            if inWarmUp, now >= schedule.measuredFrom {
                inWarmUp = false
                cpu = ThreadCPU.seconds()
            }
            // Before the sends, which may wait for the places that this frees.
            expire(now, schedule)
            try sendDue(now, schedule)
            let sending = schedule.intended(open.next) < schedule.end || unsent > 0
            if !sending, open.isEmpty { break }
            try wait(schedule, sending)
            now = Clock.monotonicNanoseconds()
            try receive(schedule)
        }
        outcome.cpuSeconds = ThreadCPU.seconds() - cpu
        // The span of the sends: the wait for a last reply that is lost would make the rate of all others smaller.
        outcome.wallNanoseconds = max(lastSend, schedule.end) - schedule.measuredFrom
        outcome.interrupted = context.stop.isTripped
        outcome.sendLag = sendLag
        return outcome
    }

    private mutating func expire(_ now: UInt64, _ schedule: SendSchedule) {
        while let sequence = open.expire(now: now, timeout: context.probe.timeoutNanoseconds) {
            let intended = schedule.intended(sequence)
            if intended >= schedule.measuredFrom { outcome.recordTimeout(now - intended) }
        }
    }

    private mutating func sendDue(_ now: UInt64, _ schedule: SendSchedule) throws(ProbeFailure) {
        while true {
            if unsent == 0 {
                let intended = schedule.intended(open.next)
                guard intended <= now, intended < schedule.end, !open.isFull else { return }
                let measured = intended >= schedule.measuredFrom
                let size = context.probe.messageSize
                buffer.write(header: MessageBuffer.header(sequence: open.next, measured: measured, size: size))
                unsent = size
            }
            guard try sendRest() else { return }
            let intended = schedule.intended(open.next)
            // Not `now`, which is as old as all that was sent in this round before.
            lastSend = Clock.monotonicNanoseconds()
            open.open(at: lastSend)
            if intended >= schedule.measuredFrom {
                let lag = lastSend - intended
                sendLag.record(nanoseconds: lag)
                if lag > schedule.tolerance { outcome.missedSends += 1 }
            }
        }
    }

    /// True when the message is out, false when the socket takes no more for now.
    private mutating func sendRest() throws(ProbeFailure) -> Bool {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let descriptor = socket.descriptor
        while unsent > 0 {
            let bytes = buffer.bytes + (buffer.size - unsent)
            let count = withoutInterruption { send(descriptor, bytes, unsent, flags) }
            if count < 0 {
                // Full buffers of the socket and of the device (send(2)): both empty by themselves.
                if errno == EAGAIN || errno == ENOBUFS { return false }
                throw context.failure(SocketError(.send, errno))
            }
            unsent -= count
        }
        return true
    }

    private mutating func receive(_ schedule: SendSchedule) throws(ProbeFailure) {
        let bits = MessageBuffer.sequenceBits(size: context.probe.messageSize)
        while true {
            switch reader.next() {
            case .nothing: return
            case .wrong: throw context.wrongReply("the reply has another size than the request")
            case .closed: throw context.failure(SocketError(.receive, ECONNRESET))
            case .failed(let error): throw context.failure(error)
            case .frame(let header):
                // A reply to a request that was given up, or a second one, is passed over.
                guard let sequence = open.resolve(MessageBuffer.sequence(of: header), bits: bits) else {
                    guard context.probe.transport == .udp else {
                        throw context.wrongReply("the reply is not the echo of an open request")
                    }
                    continue
                }
                guard open.close(sequence) else { continue }
                let intended = schedule.intended(sequence)
                // One clock read for each reply, since draining the socket takes time itself.
                if intended >= schedule.measuredFrom { outcome.record(Clock.monotonicNanoseconds() - intended) }
            }
        }
    }

    private func wait(_ schedule: SendSchedule, _ sending: Bool) throws(ProbeFailure) {
        let now = Clock.monotonicNanoseconds()
        // 100 ms at most, so that a stop is seen.
        var wake = now + 100_000_000
        if sending, unsent == 0, !open.isFull { wake = min(wake, schedule.intended(open.next)) }
        if let expiry = open.nextExpiry(timeout: context.probe.timeoutNanoseconds) { wake = min(wake, expiry) }
        do throws(SocketError) {
            try SocketWait.wait(socket.descriptor, toSend: unsent > 0, nanoseconds: wake > now ? wake - now : 0)
        } catch {
            throw context.failure(error)
        }
    }
}

import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Echo requests, or datagrams to an echo service, one after the other without waiting for answers.
final class EchoFlow: ReachFlow {
    let id: Int
    private let probe: ReachProbe
    private let check: ReachProbe.Check
    private let secret: UInt64
    private var isRaw = false
    private let identifier: UInt16
    private var tally = AttemptTally()
    private var nextAt: UInt64 = 0
    private(set) var descriptor: Int32 = -1
    let waitsToSend = false

    init(_ check: ReachProbe.Check, _ probe: ReachProbe, secret: UInt64) {
        id = check.id
        self.check = check
        self.probe = probe
        self.secret = secret
        identifier = UInt16(truncatingIfNeeded: secret >> 17)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private var family: IPAddress.Family { check.address.family }

    var wakesAt: UInt64 {
        tally.sent < probe.count ? nextAt : (tally.sentAt.last ?? 0) + probe.timeoutNanoseconds
    }

    func proceed(now: UInt64, isReady: Bool) -> ReachResult? {
        if descriptor < 0 {
            do throws(SocketError) {
                try open()
            } catch {
                let (outcome, reason) = ReachWords.outcome(of: error)
                tally.error(outcome, reason)
                // A refusal at the first step is the answer to every attempt.
                return tally.result(id: id)
            }
        }
        if isReady { receive() }
        if tally.sent < probe.count {
            if now >= nextAt { send() }
            return nil
        }
        // Every attempt has its answer; or the last one's time is over, and so is that of all before it.
        let isOver = now >= (tally.sentAt.last ?? now) + probe.timeoutNanoseconds
        return tally.isSettled || isOver ? tally.result(id: id) : nil
    }

    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult {
        tally.result(id: id).cutShort(reason)
    }

    private func open() throws(SocketError) {
        let address = SocketAddress(check.address, port: check.port ?? 0)
        if check.method == .udp {
            let socket = try Socket(.udp, family)
            try socket.connect(to: address)
            descriptor = socket.release()
        } else {
            let socket = try EchoSocket(to: address)
            isRaw = socket.isRaw
            descriptor = socket.release()
        }
        try ErrorQueue.enable(descriptor, family)
    }

    private func send() {
        let message = EchoMessage(attempt: UInt64(tally.sent), secret: secret)
        let bytes =
            check.method == .udp
            ? message.payload(size: probe.payloadSize)
            : message.request(size: probe.payloadSize, identifier: identifier, family: family)
        let time = Clock.monotonicNanoseconds()
        tally.send(at: time)
        nextAt = max(nextAt + probe.intervalNanoseconds, time)
        if tally.sent == 1 { nextAt = time + probe.intervalNanoseconds }
        tally.send(bytes, on: descriptor)
    }

    private func receive() {
        tally.receive(on: descriptor, atMost: probe.payloadSize + 128) { tally, packet, time in
            take(packet, at: time, into: &tally)
        }
    }

    private func take(_ packet: ArraySlice<UInt8>, at time: UInt64, into tally: inout AttemptTally) {
        let payload =
            check.method == .udp
            ? packet
            : EchoMessage.replyPayload(packet, family: family, isRaw: isRaw, identifier: identifier)
        guard let payload else {
            // A raw socket sees every message from there; only replies are strays.
            if !isRaw { tally.stray() }
            return
        }
        guard let message = EchoMessage(payload: payload, size: probe.payloadSize, secret: secret) else {
            if !isRaw { tally.stray() }
            return
        }
        tally.answer(message.attempt, at: time, timeout: probe.timeoutNanoseconds)
    }
}

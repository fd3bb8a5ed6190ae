import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Looks for the largest packet that passes whole, by echo requests that nobody may fragment.
///
/// What hosts on the way say of sizes is believed only when an answer of that size has come: some say nothing, and some lie.
final class PathMTUFlow: ReachFlow {
    let id: Int
    private let probe: ReachProbe
    private let check: ReachProbe.Check
    private let secret: UInt64
    private let identifier: UInt16
    private var isRaw = false
    private var search: PathMTUSearch?
    private var tally = AttemptTally()
    private var size = 0
    private var endsAt: UInt64 = 0
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
    private var headers: Int { (family == .ipv4 ? 20 : 40) + EchoMessage.headerSize }
    var wakesAt: UInt64 { endsAt }

    func proceed(now: UInt64, isReady: Bool) -> ReachResult? {
        if descriptor < 0 {
            do throws(SocketError) {
                try open()
            } catch {
                let (outcome, reason) = ReachWords.outcome(of: error)
                return ReachResult(id: id, outcome: outcome, reason: reason)
            }
            return tryNext()
        }
        if isReady, let result = receive() { return result }
        guard now >= endsAt, var search else { return nil }
        search.silence()
        self.search = search
        return tryNext()
    }

    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult {
        ReachResult(
            id: id, outcome: .couldNotTest, sent: tally.sent, reason: reason, mtu: search?.passed.map { $0 + headers })
    }

    private func open() throws(SocketError) {
        let socket = try EchoSocket(to: SocketAddress(check.address, port: 0))
        isRaw = socket.isRaw
        descriptor = socket.release()
        try ErrorQueue.enable(descriptor, family)
        try ErrorQueue.forbidFragments(descriptor, family)
        let link = min(ErrorQueue.linkMTU(descriptor, family) ?? 1_500, 65_535)
        search = PathMTUSearch(
            smallest: ReachProbe.smallestPayload, largest: max(link - headers, ReachProbe.smallestPayload))
    }

    /// Sends the next size, or says what was found.
    private func tryNext() -> ReachResult? {
        while let next = search?.next {
            size = next
            let message = EchoMessage(attempt: UInt64(tally.sent), secret: secret)
            let bytes = message.request(size: size, identifier: identifier, family: family)
            let time = Clock.monotonicNanoseconds()
            tally.send(at: time)
            endsAt = time + probe.timeoutNanoseconds
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            if Glibc.send(descriptor, bytes, bytes.count, flags) >= 0 { return nil }
            let code = errno
            if let result = drainErrors() { return result }
            guard code == EMSGSIZE else { return failure(code) }
            search?.tooLarge(hint: nil)
        }
        var result = tally.result(id: id)
        result.mtu = search?.passed.map { $0 + headers }
        result.outcome = result.mtu == nil ? .timedOut : .reached
        result.sent = result.times.count
        return result
    }

    private func receive() -> ReachResult? {
        var buffer = [UInt8](repeating: 0, count: size + 128)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count < 0 {
                guard errno != EAGAIN, errno != EINTR else { break }
                if let result = drainErrors() { return result }
                continue
            }
            let payload = EchoMessage.replyPayload(
                buffer[..<count], family: family, isRaw: isRaw, identifier: identifier)
            if let payload, let message = EchoMessage(payload: payload, size: size, secret: secret),
                message.attempt == UInt64(tally.sent - 1)
            {
                tally.answer(message.attempt, at: Clock.monotonicNanoseconds(), timeout: .max)
                search?.passes()
                return tryNext()
            }
        }
        return drainErrors()
    }

    private func drainErrors() -> ReachResult? {
        var isTooLarge = false
        var hint: Int?
        while let entry = ErrorQueue.next(descriptor) {
            guard entry.code == EMSGSIZE else { return failure(entry.code) }
            isTooLarge = true
            hint = Int(entry.information) - headers
        }
        guard isTooLarge else { return nil }
        search?.tooLarge(hint: hint)
        return tryNext()
    }

    private func failure(_ code: Int32) -> ReachResult {
        let (outcome, reason) = ReachWords.outcome(of: code)
        return ReachResult(id: id, outcome: outcome, sent: tally.sent, reason: reason)
    }
}

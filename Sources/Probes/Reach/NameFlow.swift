import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Statistics

/// Asks a name server for records, one question after the other without waiting for answers.
final class NameFlow: ReachFlow {
    let id: Int
    private let probe: ReachProbe
    private let server: SocketAddress
    private let family: IPAddress.Family
    private let question: DNSMessage.Question?
    private var ids: [UInt16: UInt64] = [:]
    private var generator: SeededGenerator
    private var tally = AttemptTally()
    private var nextAt: UInt64 = 0
    private(set) var descriptor: Int32 = -1
    let waitsToSend = false

    /// What was found by the last answer that had something.
    private(set) var records: [DNSRecord] = []

    /// The first address among them.
    var address: IPAddress? {
        records.lazy.compactMap { record -> IPAddress? in
            guard case .address(let address) = record.value else { return nil }
            return address
        }.first
    }

    private let isDoneAtFirst: Bool

    init(
        id: Int, _ question: ReachProbe.Question, at address: IPAddress, _ port: UInt16, _ probe: ReachProbe,
        secret: UInt64, isDoneAtFirst: Bool = false
    ) {
        self.id = id
        self.probe = probe
        self.isDoneAtFirst = isDoneAtFirst
        server = SocketAddress(address, port: port)
        family = address.family
        self.question = (try? DNSName(question.name)).map { DNSMessage.Question($0, question.type.number) }
        generator = SeededGenerator(seed: secret)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    var wakesAt: UInt64 {
        tally.sent < probe.count ? nextAt : (tally.sentAt.last ?? 0) + probe.timeoutNanoseconds
    }

    func proceed(now: UInt64, isReady: Bool) -> ReachResult? {
        guard let question else {
            return ReachResult(id: id, outcome: .couldNotTest, reason: "the name is no name")
        }
        if descriptor < 0 {
            do throws(SocketError) {
                try open()
            } catch {
                let (outcome, reason) = ReachWords.outcome(of: error)
                tally.error(outcome, reason)
                return result()
            }
        }
        if isReady { receive(question) }
        if isDoneAtFirst, tally.answered > 0 || tally.hasErrors { return result() }
        if tally.sent < probe.count {
            if now >= nextAt { send(question) }
            return nil
        }
        let isOver = now >= (tally.sentAt.last ?? now) + probe.timeoutNanoseconds
        return tally.isSettled || isOver ? result() : nil
    }

    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult {
        result().cutShort(reason)
    }

    private func open() throws(SocketError) {
        let socket = try Socket(.udp, family)
        try socket.connect(to: server)
        descriptor = socket.release()
        try ErrorQueue.enable(descriptor, family)
    }

    private func send(_ question: DNSMessage.Question) {
        var id = UInt16(truncatingIfNeeded: generator.next())
        while ids[id] != nil { id = UInt16(truncatingIfNeeded: generator.next()) }
        ids[id] = UInt64(tally.sent)
        let bytes = DNSMessage.query(id: id, question).bytes
        let time = Clock.monotonicNanoseconds()
        tally.send(at: time)
        nextAt = time + probe.intervalNanoseconds
        tally.send(bytes, on: descriptor)
    }

    private func receive(_ question: DNSMessage.Question) {
        tally.receive(on: descriptor, atMost: 65_535) { tally, packet, time in
            take(Array(packet), question, at: time, into: &tally)
        }
    }

    private func take(
        _ bytes: [UInt8], _ question: DNSMessage.Question, at time: UInt64, into tally: inout AttemptTally
    ) {
        // Names are the same whatever their case, and a server says the question again.
        guard let message = try? DNSMessage(bytes), message.isResponse, let attempt = ids[message.id],
            message.questions == [question]
        else {
            tally.stray()
            return
        }
        let found = message.found
        if message.code == .done, !message.isTruncated, !found.isEmpty {
            records = found
            tally.answer(attempt, at: time, timeout: probe.timeoutNanoseconds)
        } else {
            ids[message.id] = nil
            let (outcome, reason) = NameWords.outcome(of: message)
            tally.error(outcome, reason)
        }
    }

    /// What was found stands behind the outcome.
    private func result() -> ReachResult {
        var result = tally.result(id: id)
        if result.outcome == .reached {
            let words = NameWords.of(records)
            result.reason = result.reason.isEmpty ? words : "\(words); \(result.reason)"
        }
        return result
    }
}

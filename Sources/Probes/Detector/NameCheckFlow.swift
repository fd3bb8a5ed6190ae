import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Questions to a resolver, each from a port of its own, as programs ask.
final class NameCheckFlow: CheckFlow {
    private(set) var descriptor: Int32 = -1
    let waitsToSend = false
    private let check: DetectorProbe.Check
    private let question: DNSMessage.Question?
    private var identifier: UInt16
    private var sentAt: UInt64 = 0
    private var buffer = [UInt8](repeating: 0, count: 1_024)

    init(_ check: DetectorProbe.Check, name: String, secret: UInt64) {
        self.check = check
        question = (try? DNSName(name)).map { DNSMessage.Question($0, .a) }
        identifier = UInt16(truncatingIfNeeded: secret)
    }

    deinit { giveUp() }

    func begin(window: UInt32, now: UInt64) -> CheckEnd? {
        guard let question else { return .failed(.notTested) }
        identifier &+= 1
        do throws(SocketError) {
            let socket = try Socket(.udp, check.address.family)
            try socket.connect(to: SocketAddress(check.address, port: check.port))
            let bytes = DNSMessage.query(id: identifier, question).bytes
            sentAt = Clock.monotonicNanoseconds()
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            guard send(socket.descriptor, bytes, bytes.count, flags) >= 0 else { throw SocketError(.send, errno) }
            descriptor = socket.release()
            return nil
        } catch {
            return error.operation == .open ? .failed(.notTested) : .of(error.code)
        }
    }

    func proceed() -> CheckEnd? {
        guard descriptor >= 0 else { return nil }
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            let now = Clock.monotonicNanoseconds()
            if count < 0 {
                guard errno != EAGAIN, errno != EINTR else { return nil }
                let code = errno
                giveUp()
                return .of(code)
            }
            // What answers another question is passed over, as programs do.
            guard let message = try? DNSMessage(Array(buffer[..<count])), message.isResponse,
                message.id == identifier, message.questions.first == question
            else { continue }
            giveUp()
            let isAnswered = message.code == .done && !message.found.isEmpty
            return isAnswered ? .answered(now - sentAt, shift: nil) : .failed(.wrongAnswer)
        }
    }

    func giveUp() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}

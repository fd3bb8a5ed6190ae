import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Questions to a resolver, each from a port of its own, as programs ask.
final class NameFlow: CheckFlow {
    private(set) var descriptor: Int32 = -1
    let waitsToSend = false
    private let check: DetectorProbe.Check
    private let question: NameQuestion
    private var identifier: UInt16
    private var sentAt: UInt64 = 0
    private var buffer = [UInt8](repeating: 0, count: 1_024)

    init(_ check: DetectorProbe.Check, name: String, secret: UInt64) {
        self.check = check
        question = NameQuestion(name: name)
        identifier = UInt16(truncatingIfNeeded: secret)
    }

    deinit { giveUp() }

    func begin(window: UInt32, now: UInt64) -> CheckEnd? {
        identifier &+= 1
        do throws(SocketError) {
            let socket = try Socket(.udp, check.address.family)
            try socket.connect(to: SocketAddress(check.address, port: check.port))
            let bytes = question.bytes(identifier: identifier)
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
            guard let isAnswered = NameQuestion.isAnswered(buffer[..<count], identifier: identifier) else { continue }
            giveUp()
            return isAnswered ? .answered(now - sentAt, shift: nil) : .failed(.wrongAnswer)
        }
    }

    func giveUp() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}

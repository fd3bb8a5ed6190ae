import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Echo requests of ICMP, which the other end's kernel answers.
final class PingFlow: CheckFlow {
    let descriptor: Int32
    let waitsToSend = false
    private let family: IPAddress.Family
    private let isRaw: Bool
    private let secret: UInt64
    private let identifier: UInt16
    private var attempt: UInt64 = 0
    private var sentAt: UInt64?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)

    private static let size = 56

    init(_ check: DetectorProbe.Check, secret: UInt64) throws(SocketError) {
        let socket = try EchoSocket(to: SocketAddress(check.address, port: 0))
        family = check.address.family
        isRaw = socket.isRaw
        self.secret = secret
        identifier = UInt16(truncatingIfNeeded: secret >> 17)
        try StampedDatagrams.enable(socket.descriptor)
        descriptor = socket.release()
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    func begin(window: UInt32, now: UInt64) -> CheckEnd? {
        attempt += 1
        let request = EchoMessage(attempt: attempt, secret: secret)
            .request(size: Self.size, identifier: identifier, family: family)
        sentAt = Clock.monotonicNanoseconds()
        guard send(descriptor, request, request.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)) >= 0 else {
            sentAt = nil
            return .of(errno)
        }
        return nil
    }

    func proceed() -> CheckEnd? {
        while true {
            var received: (count: Int, age: UInt64) = (0, 0)
            do throws(SocketError) {
                try StampedDatagrams.receive(descriptor, into: buffer) { datagram, _, _ in
                    received = (datagram.count, datagram.age)
                }
            } catch {
                guard error.code != EAGAIN, error.code != EINTR, sentAt != nil else { return nil }
                sentAt = nil
                return .of(error.code)
            }
            let now = Clock.monotonicNanoseconds()
            let packet = Array(buffer[..<min(received.count, buffer.count)])[...]
            guard
                let payload = EchoMessage.replyPayload(packet, family: family, isRaw: isRaw, identifier: identifier),
                let message = EchoMessage(payload: payload, size: Self.size, secret: secret),
                message.attempt == attempt, let sentAt
            else { continue }
            self.sentAt = nil
            let whole = now - sentAt
            return .answered(whole > received.age ? whole - received.age : 1, shift: nil)
        }
    }

    func giveUp() { sentAt = nil }
}

import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Datagrams to another agent, small or as large as the link takes.
final class DatagramFlow: CheckFlow {
    let descriptor: Int32
    let waitsToSend = false
    private let check: UInt32
    private let secret: UInt64
    private let request: UnsafeMutableRawBufferPointer
    private let reply: UnsafeMutableRawBufferPointer
    private var attempt: UInt64 = 0
    private var sentAt: UInt64?

    init(_ check: DetectorProbe.Check, secret: UInt64) throws(SocketError) {
        let family = check.address.family
        let socket = try Socket(.udp, family)
        try socket.connect(to: SocketAddress(check.address, port: check.port))
        try StampedDatagrams.enable(socket.descriptor)
        var size = WatchMessage.size
        if check.kind == .mtu {
            try ErrorQueue.enable(socket.descriptor, family)
            try ErrorQueue.forbidFragments(socket.descriptor, family)
            // What the link took when the watch began; headers of IP and UDP have 28 bytes, or 48.
            let mtu = ErrorQueue.linkMTU(socket.descriptor, family) ?? 1_500
            size = max(size, min(mtu, 65_535) - (family == .ipv4 ? 28 : 48))
        }
        self.check = UInt32(check.id)
        self.secret = secret
        request = .allocate(byteCount: size, alignment: 8)
        reply = .allocate(byteCount: WatchMessage.size, alignment: 8)
        request.initializeMemory(as: UInt8.self, repeating: 0)
        descriptor = socket.release()
    }

    deinit {
        close(descriptor)
        request.deallocate()
        reply.deallocate()
    }

    func begin(window: UInt32, now: UInt64) -> CheckEnd? {
        attempt += 1
        WatchMessage(check: check, window: window, attempt: attempt, secret: secret).write(to: request)
        // What was said of attempts before is told by the next call: it is not this attempt's.
        while ErrorQueue.next(descriptor) != nil {}
        _ = pendingError()
        sentAt = Clock.monotonicNanoseconds()
        guard send(descriptor, request.baseAddress, request.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)) >= 0
        else {
            sentAt = nil
            return .of(errno)
        }
        return nil
    }

    func proceed() -> CheckEnd? {
        while true {
            var end: CheckEnd?
            do throws(SocketError) {
                try StampedDatagrams.receive(descriptor, into: reply) { datagram, _, _ in
                    end = take(datagram)
                }
            } catch {
                guard error.code != EAGAIN, error.code != EINTR else { return nil }
                while let entry = ErrorQueue.next(descriptor) {
                    if entry.code == EMSGSIZE { return finish(.of(EMSGSIZE)) }
                }
                return finish(.of(error.code))
            }
            if let end { return finish(end) }
        }
    }

    func giveUp() { sentAt = nil }

    private func finish(_ end: CheckEnd) -> CheckEnd? {
        defer { sentAt = nil }
        return sentAt == nil ? nil : end
    }

    private func take(_ datagram: StampedDatagrams.Datagram) -> CheckEnd? {
        let now = Clock.monotonicNanoseconds()
        guard datagram.count == WatchMessage.size, let message = WatchMessage(UnsafeRawBufferPointer(reply)),
            message.isReply, message.check == check, message.secret == secret, message.attempt == attempt, let sentAt
        else { return nil }
        // What either agent took to look at it is no part of the network.
        let whole = now - sentAt
        let busy = datagram.age &+ message.stay
        let shift = Int64(bitPattern: message.arrival) &- Int64(bitPattern: sentAt)
        return .answered(whole > busy ? whole - busy : 1, shift: shift)
    }

    private func pendingError() -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        return code
    }
}

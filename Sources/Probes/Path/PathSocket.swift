import Contract
import Glibc
import Quantities
import Sockets

/// What numbered packets of a path probe leave and come back by: a socket of datagrams, or one of echo requests.
final class PathSocket {
    /// The kernel's number for it.
    let descriptor: Int32
    private let size: Int
    private let family: IPAddress.Family
    /// How echo requests are told from those of others; nil for datagrams.
    private let echo: Echo?

    private struct Echo {
        let identifier: UInt16
        let isRaw: Bool
    }

    /// The longest header of IPv4, which raw sockets hand over, and that of ICMP.
    private static let headers = 60 + EchoMessage.headerSize

    /// Opens one toward the probe's target, which fails where the system knows no way there.
    init(_ probe: PathProbe) throws(SocketError) {
        family = probe.target.family
        size = probe.payloadSize
        if probe.isEcho {
            let socket = try EchoSocket(to: SocketAddress(probe.target, port: 0))
            socket.setBufferSizes(bytes: PathProbe.waitingBytes)
            echo = Echo(identifier: UInt16.random(in: .min ... .max), isRaw: socket.isRaw)
            descriptor = socket.release()
        } else {
            let socket = try Socket(.udp, family)
            socket.setBufferSizes(bytes: PathProbe.waitingBytes)
            if probe.isUnchecked, family == .ipv4 { try socket.setUnchecked() }
            if let port = probe.ownPort { try socket.bind(family: family, port: port) }
            try socket.connect(to: SocketAddress(probe.target, port: probe.port))
            echo = nil
            descriptor = socket.release()
        }
    }

    deinit { close(descriptor) }

    /// Bytes that the longest packet may have which is of any interest, and one more.
    var capacity: Int { (echo == nil ? 0 : Self.headers) + size + 1 }

    /// Sends a payload; false where nothing more goes in at the moment.
    ///
    /// Throws what the system says of a packet that it does not send.
    func send(_ payload: UnsafeRawBufferPointer, number: Int) throws(SocketError) -> Bool {
        let code: Int32
        if let echo {
            let bytes = EchoMessage.request(
                payload, identifier: echo.identifier, sequence: UInt16(truncatingIfNeeded: number), family: family)
            code = bytes.withUnsafeBytes { send($0) }
        } else {
            code = send(payload)
        }
        if code == EAGAIN || code == ENOBUFS { return false }
        guard code == 0 else { throw SocketError(.send, code) }
        return true
    }

    private func send(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let sent = withoutInterruption { Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags) }
        return sent < 0 ? errno : 0
    }

    /// The payload in a packet that was received; nil for what has nothing to do with ours.
    func payload(of packet: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard let echo else { return packet }
        let payload = EchoMessage.replyPayload(
            packet[...], family: family, isRaw: echo.isRaw, identifier: echo.identifier)
        return payload.map(UnsafeRawBufferPointer.init(rebasing:))
    }
}

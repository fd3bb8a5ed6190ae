import Contract
import Glibc
import Quantities
import Sockets

/// A socket that numbered datagrams of a path probe leave from and come back to.
final class PathFlow {
    private let socket: Socket
    /// Whether the system knows a way to the peer at all.
    let isConnected: Bool

    init(_ probe: PathProbe) throws(SocketError) {
        socket = try Socket(.udp, probe.target.family)
        // As much as there is, so that a burst waits here and is not lost.
        socket.setBufferSizes(bytes: 4 << 20)
        if probe.isUnchecked, probe.target.family == .ipv4 { try socket.setUnchecked() }
        if let port = probe.ownPort { try socket.bind(family: probe.target.family, port: port) }
        var isConnected = true
        do throws(SocketError) {
            try socket.connect(to: SocketAddress(probe.target, port: probe.port))
        } catch {
            guard Self.isLoss(error.code) else { throw error }
            isConnected = false
        }
        self.isConnected = isConnected
    }

    /// The kernel's number for it.
    var descriptor: Int32 { socket.descriptor }

    enum Sending {
        case sent
        case lost
        case full
    }

    func send(_ bytes: UnsafeMutableRawPointer, count: Int) throws(SocketError) -> Sending {
        guard isConnected else { return .lost }
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let descriptor = descriptor
        guard withoutInterruption({ Glibc.send(descriptor, bytes, count, flags) }) < 0 else { return .sent }
        let code = errno
        if code == EAGAIN || code == ENOBUFS { return .full }
        guard Self.isLoss(code) else { throw SocketError(.send, code) }
        return .lost
    }

    /// Takes what is there, and hands over each datagram.
    func receive(
        into buffer: UnsafeMutableRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(SocketError) {
        let descriptor = descriptor
        while true {
            let count = withoutInterruption { recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT)) }
            if count < 0 {
                let code = errno
                if code == EAGAIN { return }
                // An error of ICMP, told once; the packet that it is about is lost already.
                guard Self.isLoss(code) else { throw SocketError(.receive, code) }
                continue
            }
            take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// What is said of a packet that did not get through.
    private static func isLoss(_ code: Int32) -> Bool {
        [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EPERM, EACCES, EMSGSIZE, EPROTO, ENOPROTOOPT]
            .contains(code)
    }
}

import Contract
import Glibc
import Sockets

/// A way that numbered packets of a path probe leave by and come back; what the system refuses to carry is lost.
final class PathFlow {
    /// Nil where the system knows no way to the peer at all.
    private let socket: PathSocket?

    init(_ probe: PathProbe) throws(SocketError) {
        do throws(SocketError) {
            socket = try PathSocket(probe)
        } catch {
            guard error.operation == .connect, Self.isLoss(error.code) else { throw error }
            socket = nil
        }
    }

    /// The kernel's number for it; nil where there is no way.
    var descriptor: Int32? { socket?.descriptor }

    /// Bytes that the longest packet may have which is of any interest, and one more.
    var capacity: Int { socket?.capacity ?? 0 }

    /// Sends one, or loses it; false where it has to wait.
    func send(_ payload: UnsafeRawBufferPointer, number: Int) throws(SocketError) -> Bool {
        do throws(SocketError) {
            return try socket?.send(payload, number: number) ?? true
        } catch {
            guard Self.isLoss(error.code) else { throw error }
            return true
        }
    }

    /// Takes what is there, and hands over the payload of each packet.
    func receive(
        into buffer: UnsafeMutableRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(SocketError) {
        guard let socket else { return }
        while true {
            let count = withoutInterruption {
                recv(socket.descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
            }
            if count < 0 {
                let code = errno
                if code == EAGAIN { return }
                // An error of ICMP, told once; the packet that it is about is lost already.
                guard Self.isLoss(code) else { throw SocketError(.receive, code) }
                continue
            }
            if let payload = socket.payload(of: UnsafeRawBufferPointer(rebasing: buffer[..<count])) { take(payload) }
        }
    }

    /// What is said of a packet that did not get through.
    private static func isLoss(_ code: Int32) -> Bool {
        [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EPERM, EACCES, EMSGSIZE, EPROTO, ENOPROTOOPT]
            .contains(code)
    }
}

import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Connections to another agent or to a service, each broken off as soon as it stands.
final class ConnectCheckFlow: CheckFlow {
    private(set) var descriptor: Int32 = -1
    private let check: DetectorProbe.Check
    private var sentAt: UInt64 = 0

    init(_ check: DetectorProbe.Check) {
        self.check = check
    }

    deinit { giveUp() }

    var waitsToSend: Bool { true }

    func begin(window: UInt32, now: UInt64) -> CheckEnd? {
        do throws(SocketError) {
            let socket = try Socket(.tcp, check.address.family)
            // Neither end keeps the connection in TIME_WAIT.
            try socket.setResetOnClose()
            guard fcntl(socket.descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw SocketError(.option, errno) }
            sentAt = Clock.monotonicNanoseconds()
            do throws(SocketError) {
                try socket.connect(to: SocketAddress(check.address, port: check.port))
            } catch {
                guard error.code == EINPROGRESS else { throw error }
            }
            descriptor = socket.release()
            return nil
        } catch {
            return error.operation == .connect ? .of(error.code) : .failed(.notTested)
        }
    }

    func proceed() -> CheckEnd? {
        guard descriptor >= 0 else { return nil }
        let now = Clock.monotonicNanoseconds()
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return nil }
        // Without an error it stands, or nothing has come: only one that stands has another end.
        guard code != 0 || hasPeer else { return nil }
        giveUp()
        return code == 0 ? .answered(now - sentAt, shift: nil) : .of(code)
    }

    private var hasPeer: Bool {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) == 0 }
        }
    }

    func giveUp() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}

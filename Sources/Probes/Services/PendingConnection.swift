import Contract
import Glibc
import Quantities
import ServiceLab
import ServiceProxies
import Sockets

/// A connection that is being made without anybody waiting for it.
struct PendingConnection {
    /// How it ended.
    enum Result: Equatable {
        /// This endpoint answered.
        case answered(IPv4Address)
        /// It was refused, or nothing came in time.
        case failed
    }

    /// When it was started, on the monotonic clock.
    let startedAt: UInt64
    private let descriptor: Int32

    init(to target: ServiceTable.Target, at time: UInt64) throws(SocketError) {
        startedAt = time
        let socket = try Socket(.tcp, .ipv4)
        try socket.setResetOnClose()
        let flags = fcntl(socket.descriptor, F_GETFL)
        guard fcntl(socket.descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else { throw SocketError(.option, errno) }
        do throws(SocketError) {
            try socket.connect(to: SocketAddress(target.address.address, port: target.port))
        } catch {
            // What is refused at once is found out by reading, like what is refused later.
            guard error.code == EINPROGRESS || error.isRefusal else { throw error }
        }
        descriptor = socket.release()
    }

    /// What it has come to, or nil while it is under way.
    func progress(now: UInt64, patience: UInt64) -> Result? {
        var bytes: UInt32 = 0
        let count = recv(descriptor, &bytes, 4, Int32(MSG_DONTWAIT))
        if count == 4 { return .answered(IPv4Address(number: UInt32(bigEndian: bytes))) }
        let isUnderWay = count < 0 && [EAGAIN, EINTR, ENOTCONN].contains(errno)
        var error: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        // While it connects recv(2) says EAGAIN or ENOTCONN; whether it failed is told here.
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
        guard isUnderWay, error == 0, now < startedAt + patience else { return .failed }
        return nil
    }

    func close() {
        Glibc.close(descriptor)
    }
}

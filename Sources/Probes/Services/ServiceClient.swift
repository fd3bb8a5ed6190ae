import Contract
import Glibc
import LinuxHost
import Quantities
import ServiceLab
import ServiceProxies
import Sockets
import Statistics

/// A client of services: makes connections one after the other, and looks at who answered each.
///
/// Its methods block, and have to be called on a thread inside the client's namespace.
struct ServiceClient {
    /// What one connection came to.
    enum Attempt: Equatable {
        /// It was there after so many nanoseconds, and this endpoint answered.
        case answered(nanoseconds: UInt64, endpoint: IPv4Address)
        /// Nothing came in time.
        case timedOut(nanoseconds: UInt64)
        /// It was refused, reset, or there is no way.
        case refused
    }

    let timeoutNanoseconds: UInt64

    /// connect(2), timed; then the answer, which is not.
    func connect(to target: ServiceTable.Target) throws(SocketError) -> Attempt {
        let socket = try Socket(.tcp, .ipv4)
        try socket.setTimeouts(nanoseconds: timeoutNanoseconds)
        // Ports in TIME_WAIT would be used up by thousands of connections a second.
        try socket.setResetOnClose()
        let address = SocketAddress(target.address.address, port: target.port)
        let start = Clock.monotonicNanoseconds()
        do throws(SocketError) {
            try socket.connect(to: address)
        } catch {
            let waited = Clock.monotonicNanoseconds() - start
            if error.isTimeOut { return .timedOut(nanoseconds: waited) }
            if error.isRefusal { return .refused }
            throw error
        }
        let nanoseconds = Clock.monotonicNanoseconds() - start
        guard let endpoint = Self.identity(from: socket.descriptor) else { return .refused }
        return .answered(nanoseconds: nanoseconds, endpoint: endpoint)
    }

    /// A whole transaction with a connection of its own, timed altogether.
    func transact(with target: ServiceTable.Target) throws(SocketError) -> Attempt {
        let start = Clock.monotonicNanoseconds()
        let socket = try Socket(.tcp, .ipv4)
        try socket.setTimeouts(nanoseconds: timeoutNanoseconds)
        try socket.setResetOnClose()
        do throws(SocketError) {
            try socket.connect(to: SocketAddress(target.address.address, port: target.port))
        } catch {
            if error.isTimeOut { return .timedOut(nanoseconds: Clock.monotonicNanoseconds() - start) }
            if error.isRefusal { return .refused }
            throw error
        }
        guard let endpoint = Self.identity(from: socket.descriptor), Self.echo(on: socket.descriptor) else {
            return .refused
        }
        return .answered(nanoseconds: Clock.monotonicNanoseconds() - start, endpoint: endpoint)
    }

    /// Round trips on one connection until `end`.
    func roundTrips(
        on target: ServiceTable.Target,
        until end: UInt64,
        stop: ProbeStop
    ) throws(SocketError) -> LatencyOutcome {
        let socket = try Socket(.tcp, .ipv4)
        try socket.setTimeouts(nanoseconds: timeoutNanoseconds)
        try socket.setResetOnClose()
        try socket.setNoDelay()
        try socket.connect(to: SocketAddress(target.address.address, port: target.port))
        guard Self.identity(from: socket.descriptor) != nil else { throw SocketError(.receive, ECONNRESET) }
        var outcome = LatencyOutcome()
        var previous = Clock.monotonicNanoseconds()
        while previous < end, !stop.isTripped {
            guard Self.echo(on: socket.descriptor) else { throw SocketError(.receive, errno) }
            let now = Clock.monotonicNanoseconds()
            outcome.record(now - previous)
            previous = now
        }
        return outcome
    }

    /// The first datagram of a new flow, and its answer.
    func datagram(to target: ServiceTable.Target) throws(SocketError) -> Attempt {
        let socket = try Socket(.udp, .ipv4)
        try socket.setTimeouts(nanoseconds: timeoutNanoseconds)
        // Only a connected UDP socket is told of ICMP errors: ECONNREFUSED instead of silence.
        try socket.connect(to: SocketAddress(target.address.address, port: target.port))
        var byte: UInt8 = 0x6e
        let start = Clock.monotonicNanoseconds()
        guard withoutInterruption({ send(socket.descriptor, &byte, 1, 0) }) == 1 else { return .refused }
        guard let endpoint = Self.identity(from: socket.descriptor) else {
            let code = errno
            guard code == EAGAIN else { return .refused }
            return .timedOut(nanoseconds: Clock.monotonicNanoseconds() - start)
        }
        return .answered(nanoseconds: Clock.monotonicNanoseconds() - start, endpoint: endpoint)
    }

    // MARK: Messages

    /// The four bytes by which an endpoint says who it is.
    static func identity(from descriptor: Int32) -> IPv4Address? {
        var bytes: UInt32 = 0
        // TCP may hand the four bytes over in parts; for datagrams the flag has no effect (recv(2)).
        let count = withoutInterruption { recv(descriptor, &bytes, 4, Int32(MSG_WAITALL)) }
        return count == 4 ? IPv4Address(number: UInt32(bigEndian: bytes)) : nil
    }

    private static func echo(on descriptor: Int32) -> Bool {
        var byte: UInt8 = 0x6e
        // An endpoint that has gone would end the process by SIGPIPE.
        guard withoutInterruption({ send(descriptor, &byte, 1, Int32(MSG_NOSIGNAL)) }) == 1 else {
            return false
        }
        return withoutInterruption { recv(descriptor, &byte, 1, 0) } == 1
    }
}

extension SocketError {
    /// Whether the other side, or a router, said no: what a service without a working endpoint looks like.
    var isRefusal: Bool {
        // EPERM: a rule of this host dropped what was sent. EACCES: the route is of the type prohibit.
        [ECONNREFUSED, ECONNRESET, ENETUNREACH, EHOSTUNREACH, EPERM, EACCES].contains(code)
    }
}

import Contract
import Glibc
import LinuxHost
import Quantities
import ServiceProxies
import Sockets
import Synchronization

/// Answers for every endpoint, and says in each answer which one was asked.
///
/// TCP: the four bytes of the address that was connected to, then an echo of whatever comes. UDP: those four bytes for
/// every datagram.
///
/// Both ends of a connection are threads of this process on one processor. So a round trip measures the way through the
/// kernel, and not how long another processor takes to wake up. This end waits for its turn, so a connection is timed
/// without what the server does with it.
public final class EndpointServer: Sendable {
    private let listener: Int32
    private let datagrams: [Datagrams]
    private let hasToEnd = Atomic(false)
    private let running: Atomic<Int>

    private struct Datagrams: Sendable {
        let descriptor: Int32
        let address: IPv4Address
    }

    /// How long a client that was told who is here may take to ask something, or to go.
    private static let firstWordMilliseconds: Int32 = 50
    /// A client that asked once and goes silent holds the others up for at most this long.
    private static let silenceNanoseconds: UInt64 = 2_000_000_000
    private static let backlog: Int32 = 4_096
    private static let patienceMilliseconds: Int32 = 50

    /// Opens the sockets in the endpoints' namespace and starts to serve.
    public init(lab: ServiceLab, table: ServiceTable) throws(LabError) {
        let addresses = table.datagramAddresses
        let opened = try lab.endpoints.run(failure: { Self.error(.system, "\($0)") }) { () throws(LabError) in
            do throws(SocketError) {
                return try Self.open(addresses)
            } catch {
                throw Self.error(.socket(error), "\(error.operation) failed (errno \(error.code))")
            }
        }
        listener = opened.listener
        datagrams = opened.datagrams
        running = Atomic(0)
        try start { $0.serveConnections() }
        if !datagrams.isEmpty { try start { $0.serveDatagrams() } }
    }

    /// Stops serving; returns when nobody uses the sockets any more.
    public func end() {
        hasToEnd.store(true, ordering: .relaxed)
        shutdown(listener, Int32(SHUT_RDWR))
        // Until then a thread may be inside accept(2) or poll(2) on these descriptors.
        while running.load(ordering: .acquiring) > 0 { usleep(1_000) }
        close(listener)
        for socket in datagrams { close(socket.descriptor) }
    }

    private func start(_ body: @escaping @Sendable (EndpointServer) -> Void) throws(LabError) {
        running.add(1, ordering: .relaxed)
        do throws(HostError) {
            try PlainThread.start { [self] in
                SharedProcessor.stay()
                // The last packet of a handshake wakes this thread in the middle of the client's connect(2), whose time
                // would then hold what the server does: accept, and answer.
                ProcessorAffinity.waitForTurn()
                body(self)
                running.subtract(1, ordering: .releasing)
            }
        } catch {
            running.subtract(1, ordering: .relaxed)
            throw Self.error(.system, error.description)
        }
    }

    private static func error(_ code: LabError.Code, _ cause: String) -> LabError {
        LabError(code, operation: "start", object: "the endpoints' server", cause: cause)
    }

    private var isOver: Bool { hasToEnd.load(ordering: .relaxed) }

    private static func open(
        _ addresses: [IPv4Address]
    ) throws(SocketError) -> (listener: Int32, datagrams: [Datagrams]) {
        let listener = try Socket(.tcp, .ipv4)
        try listener.bind(family: .ipv4, port: ServiceRanges.endpointPort)
        try listener.setNoDelay()
        try listener.setTimeouts(nanoseconds: silenceNanoseconds)
        try listener.listen(backlog: backlog)
        var datagrams: [Datagrams] = []
        for address in addresses {
            let socket = try Socket(.udp, .ipv4)
            try socket.bind(to: SocketAddress(address.address, port: ServiceRanges.datagramEndpointPort))
            datagrams.append(Datagrams(descriptor: socket.release(), address: address))
        }
        return (listener.release(), datagrams)
    }

    // MARK: Connections

    private func serveConnections() {
        while !isOver {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else {
                // The listener's own time-out, a client that is gone already, or the end.
                if [EAGAIN, EINTR, ECONNABORTED].contains(errno) { continue }
                break
            }
            serve(connection)
            close(connection)
        }
    }

    private func serve(_ connection: Int32) {
        guard var identity = Self.localAddress(of: connection) else { return }
        guard withoutInterruption({ send(connection, &identity, 4, Int32(MSG_NOSIGNAL)) }) == 4 else {
            return
        }
        // Whoever only wanted to know who is here is gone at once. A client whose endpoint dies meanwhile cannot say
        // that it is gone, and must not hold the others up until they give up.
        var request = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, Self.firstWordMilliseconds) > 0 else { return }
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { buffer in
            while !isOver {
                let count = withoutInterruption { recv(connection, buffer.baseAddress, buffer.count, 0) }
                guard count > 0 else { return }
                let sent = withoutInterruption {
                    send(connection, buffer.baseAddress, count, Int32(MSG_NOSIGNAL))
                }
                guard sent == count else { return }
            }
        }
    }

    /// The address that was connected to, as the bytes of a packet, by getsockname(2).
    private static func localAddress(of connection: Int32) -> UInt32? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(connection, $0, &length) }
        }
        return code == 0 ? address.sin_addr.s_addr : nil
    }

    // MARK: Datagrams

    private func serveDatagrams() {
        var entries = datagrams.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        while !isOver {
            guard poll(&entries, nfds_t(entries.count), Self.patienceMilliseconds) > 0 else { continue }
            for (index, entry) in entries.enumerated() where entry.revents & Int16(POLLIN) != 0 {
                answer(datagrams[index])
            }
        }
    }

    private func answer(_ socket: Datagrams) {
        var peer = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var byte: UInt8 = 0
        var identity = socket.address.number.bigEndian
        withUnsafeMutablePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                guard recvfrom(socket.descriptor, &byte, 1, Int32(MSG_DONTWAIT), peer, &length) >= 0 else {
                    return
                }
                _ = sendto(socket.descriptor, &identity, 4, 0, peer, length)
            }
        }
    }
}

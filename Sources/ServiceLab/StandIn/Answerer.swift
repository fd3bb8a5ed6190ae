import Contract
import Glibc
import LinuxHost
public import Quantities
import Sockets
import Synchronization

/// Takes TCP connections and sends UDP datagrams back, at some ports of every address, and answers for names: one thread for
/// all of them.
public final class Answerer: Sendable {
    private struct Listener: Sendable {
        let descriptor: Int32
        let role: Role
    }

    private enum Role {
        case connections, echoes, names
    }

    private let names: NameTable?
    private let listeners: [Listener]
    private let hasToEnd = Atomic(false)
    private let isRunning = Atomic(true)

    private static let backlog: Int32 = 1_024
    private static let patienceMilliseconds: Int32 = 50
    /// Connections that are open at once; more wait in the backlog.
    private static let mostConnections = 512
    private static let largestDatagram = 65_535

    /// Opens the sockets in the namespace of the calling thread and starts to answer.
    ///
    /// Each address has a socket of its own for datagrams: one for all of them would answer from the address that is nearest
    /// to the client, and not from the one that was asked.
    ///
    /// - Parameters:
    ///   - addresses: Every address that the namespace has.
    ///   - names: What is answered for at the port of name servers; nil where there is no name server.
    public init(
        ports: [UInt16], families: [IPAddress.Family], addresses: [IPAddress], names: NameTable? = nil
    ) throws(LabError) {
        self.names = names
        var opened: [Listener] = []
        do throws(SocketError) {
            for port in ports {
                for family in families {
                    opened.append(Listener(descriptor: try Self.open(family, port), role: .connections))
                }
                for address in addresses {
                    opened.append(Listener(descriptor: try Self.open(address, port), role: .echoes))
                }
            }
            for address in names == nil ? [] : addresses {
                opened.append(Listener(descriptor: try Self.open(address, ReachProbe.namePort), role: .names))
            }
        } catch {
            for listener in opened { close(listener.descriptor) }
            throw LabError(
                .socket(error), operation: "listen at", object: "the ports \(ports)",
                cause: "\(error.operation.rawValue) failed (errno \(error.code))")
        }
        listeners = opened
        do throws(HostError) {
            try PlainThread.start { [self] in
                serve()
                isRunning.store(false, ordering: .releasing)
            }
        } catch {
            throw LabError(.system, operation: "listen at", object: "the ports \(ports)", cause: error.description)
        }
    }

    /// Stops answering; returns when the sockets are closed.
    public func end() {
        hasToEnd.store(true, ordering: .relaxed)
        // Wakes the thread at once: a listener that is shut down can be read.
        for listener in listeners { shutdown(listener.descriptor, Int32(SHUT_RDWR)) }
        while isRunning.load(ordering: .acquiring) { usleep(1_000) }
        for listener in listeners { close(listener.descriptor) }
    }

    private static func open(_ address: IPAddress, _ port: UInt16) throws(SocketError) -> Int32 {
        let socket = try Socket(.udp, address.family)
        try socket.bind(to: SocketAddress(address, port: port))
        guard fcntl(socket.descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw SocketError(.option, errno) }
        return socket.release()
    }

    private static func open(_ family: IPAddress.Family, _ port: UInt16) throws(SocketError) -> Int32 {
        let socket = try Socket(.tcp, family)
        try socket.bind(family: family, port: port)
        try socket.listen(backlog: backlog)
        guard fcntl(socket.descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw SocketError(.option, errno) }
        return socket.release()
    }

    private func serve() {
        var connections: [Int32] = []
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: Self.largestDatagram, alignment: 8)
        defer {
            buffer.deallocate()
            for connection in connections { close(connection) }
        }
        while !hasToEnd.load(ordering: .relaxed) {
            let mayAccept = connections.count < Self.mostConnections
            var entries = listeners.map {
                pollfd(
                    fd: $0.role == .connections && !mayAccept ? -1 : $0.descriptor, events: Int16(POLLIN), revents: 0)
            }
            entries += connections.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&entries, nfds_t(entries.count), Self.patienceMilliseconds) > 0 else { continue }
            connections = connections.enumerated().filter { index, connection in
                entries[listeners.count + index].revents == 0 || Self.echo(connection, buffer)
            }.map(\.element)
            for (index, listener) in listeners.enumerated() where entries[index].revents != 0 {
                switch listener.role {
                case .connections: accept(listener.descriptor, &connections)
                case .echoes: Self.answer(listener.descriptor, buffer) { _ in nil }
                case .names:
                    Self.answer(listener.descriptor, buffer) { [names] query in names?.response(to: query) ?? [] }
                }
            }
        }
    }

    private func accept(_ listener: Int32, _ connections: inout [Int32]) {
        while connections.count < Self.mostConnections {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { return }
            _ = fcntl(connection, F_SETFL, O_NONBLOCK)
            connections.append(connection)
        }
    }

    /// What a request by HTTP is answered with.
    private static let page = Array(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n".utf8)
    private static let request = Array("GET /".utf8)

    /// Sends back what came, or a page to who asks for one; false, and closed, when the client is gone or has it.
    private static func echo(_ connection: Int32, _ buffer: UnsafeMutableRawPointer) -> Bool {
        let count = recv(connection, buffer, largestDatagram, 0)
        if count < 0, errno == EAGAIN || errno == EINTR { return true }
        if UnsafeRawBufferPointer(start: buffer, count: max(0, count)).starts(with: request) {
            _ = send(connection, page, page.count, Int32(MSG_NOSIGNAL))
            shutdown(connection, Int32(SHUT_WR))
            return true
        }
        if count > 0, send(connection, buffer, count, Int32(MSG_NOSIGNAL)) == count { return true }
        close(connection)
        return false
    }

    /// Answers each datagram that waits with what `reply` says; nil is the datagram itself, and nothing no answer.
    private static func answer(
        _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ reply: ([UInt8]) -> [UInt8]?
    ) {
        var peer = sockaddr_storage()
        withUnsafeMutablePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                while true {
                    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
                    let count = recvfrom(descriptor, buffer, largestDatagram, Int32(MSG_DONTWAIT), peer, &length)
                    // An end of 0 bytes is a datagram of nothing, or the stop; neither is sent back.
                    guard count > 0 else { return }
                    guard let bytes = reply([UInt8](UnsafeRawBufferPointer(start: buffer, count: count))) else {
                        _ = sendto(descriptor, buffer, count, Int32(MSG_NOSIGNAL), peer, length)
                        continue
                    }
                    if bytes.isEmpty { continue }
                    _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), peer, length)
                }
            }
        }
    }
}

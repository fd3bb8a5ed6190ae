import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// The TCP echo server; runs on a plain thread until it is stopped.
struct TCPEchoService: Sendable {
    let server: EchoServer
    let stop: ProbeStop

    /// A client that connects and stays silent holds up the others for at most this long (`closesAfterReply`).
    private static let silenceNanoseconds: UInt64 = 1_000_000_000

    /// Says `ready`, serves, and returns the CPU seconds since the first measured request.
    func run(ready: (UInt16) -> Void) throws(SocketError) -> Double {
        let listener = try Socket(.tcp, server.family)
        try listener.bind(family: server.family, address: server.address, port: server.port)
        // Accepted sockets inherit both options on Linux, which spares two system calls a connection.
        try listener.setNoDelay()
        if let connections = server.connections {
            try listener.listen(backlog: Int32(max(1_024, connections)))
            return try ReadyEchoService(server: server, stop: stop).run(listener.descriptor) { () throws(SocketError) in
                ready(try listener.localPort())
            }
        }
        let oneByOne = server.closesAfterReply == true
        if oneByOne { try listener.setTimeouts(nanoseconds: Self.silenceNanoseconds) }
        try listener.listen(backlog: 1_024)
        let descriptor = listener.descriptor
        // shutdown(2) wakes accept(2) with EINVAL. close(2) would not, and its number could be used again at once.
        let token = stop.register { shutdown(descriptor, Int32(SHUT_RDWR)) }
        defer { stop.unregister(token) }
        ready(try listener.localPort())
        return oneByOne ? try serveOneByOne(descriptor) : try serveEach(descriptor)
    }

    private func serveOneByOne(_ listener: Int32) throws(SocketError) -> Double {
        let buffer = MessageBuffer(size: server.messageSize)
        var meter = CPUMeter()
        while let connection = try Accepting.next(listener, stop) {
            EchoConnection.serve(connection, buffer, once: true, &meter)
            close(connection)
        }
        return meter.seconds
    }

    private func serveEach(_ listener: Int32) throws(SocketError) -> Double {
        let group = ConnectionGroup(limit: EchoServer.connectionLimit)
        let size = server.messageSize
        let stop = stop
        while let connection = try Accepting.next(listener, stop) {
            guard group.enter() else {
                close(connection)
                continue
            }
            let started: Void? = try? PlainThread.start {
                let token = stop.register { shutdown(connection, Int32(SHUT_RDWR)) }
                var meter = CPUMeter()
                EchoConnection.serve(connection, MessageBuffer(size: size), once: false, &meter)
                stop.unregister(token)
                close(connection)
                group.leave(cpuSeconds: meter.seconds)
            }
            if started == nil {
                close(connection)
                group.leave(cpuSeconds: 0)
            }
        }
        return group.finish()
    }
}

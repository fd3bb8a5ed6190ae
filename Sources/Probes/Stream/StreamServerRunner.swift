import Contract
import Glibc
import LinuxHost
import Sockets

/// Serves streams, a thread each, until it is stopped.
enum StreamServerRunner: ProbeRunner {
    /// As many as one load can have.
    private static let limit = StreamLoad.mostStreams * 2

    static func run(_ server: StreamServer, in context: ProbeContext) async throws(ProbeFailure) {
        let (stop, output) = (context.stop, context.output)
        let result = await PlainThread.run { () -> Result<Void, ProbeFailure> in
            do throws(SocketError) {
                try serve(server, stop) { output.emit(.ready(port: $0, tool: "stream", version: "1")) }
                return .success(())
            } catch {
                return .failure(error.failure(peer: "the server of streams at port \(server.port)"))
            }
        }
        try result.get()
    }

    private static func serve(
        _ server: StreamServer, _ stop: ProbeStop, ready: (UInt16) -> Void
    ) throws(SocketError) {
        let listener = try Socket(.tcp, server.family)
        try listener.bind(family: server.family, port: server.port)
        try listener.listen(backlog: 128)
        let descriptor = listener.descriptor
        let token = stop.register { shutdown(descriptor, Int32(SHUT_RDWR)) }
        defer { stop.unregister(token) }
        ready(try listener.localPort())
        let group = ConnectionGroup(limit: limit)
        while let connection = try Accepting.next(descriptor, stop) {
            guard group.enter() else {
                close(connection)
                continue
            }
            let started: Void? = try? PlainThread.start {
                let token = stop.register { shutdown(connection, Int32(SHUT_RDWR)) }
                serve(connection)
                stop.unregister(token)
                close(connection)
                group.leave(cpuSeconds: 0)
            }
            if started == nil {
                close(connection)
                group.leave(cpuSeconds: 0)
            }
        }
        _ = group.finish()
    }

    private static func serve(_ connection: Int32) {
        var word: UInt8 = 0
        guard withoutInterruption({ recv(connection, &word, 1, 0) }) == 1 else { return }
        let count = Transfer.Count()
        switch word {
        case StreamLoad.upload: Transfer.receive(connection, count)
        case StreamLoad.download: Transfer.send(connection, count)
        // Somebody else's connection.
        default: return
        }
    }
}

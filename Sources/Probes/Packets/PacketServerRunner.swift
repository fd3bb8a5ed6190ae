import Contract
import Glibc
import LinuxHost
import Sockets

/// Counts datagrams and answers one client after the other over TCP, until it is stopped.
enum PacketServerRunner: ProbeRunner {
    /// How long nothing more may come until a step counts as over, in nanoseconds.
    private static let quiet: UInt64 = 50_000_000

    static func run(_ server: PacketServer, in context: ProbeContext) async throws(ProbeFailure) {
        let (stop, output) = (context.stop, context.output)
        let result = await PlainThread.run { () -> Result<Void, ProbeFailure> in
            do throws(ProbeFailure) {
                try serve(server, stop) { output.emit(.ready(port: $0, tool: "packets", version: "1")) }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private static func serve(
        _ server: PacketServer, _ stop: ProbeStop, ready: (UInt16) -> Void
    ) throws(ProbeFailure) {
        let peer = "the server of packets at port \(server.port)"
        let receiver = PacketReceiver()
        do throws(SocketError) {
            let ports = try PacketPorts.open(server)
            let listener = ports.listener.descriptor
            let token = stop.register { shutdown(listener, Int32(SHUT_RDWR)) }
            defer { stop.unregister(token) }
            try receiver.start(ports.datagrams.descriptor, size: server.messageSize, stop)
            ready(ports.port)
            var failure: SocketError?
            do throws(SocketError) {
                while let connection = try Accepting.next(listener, stop) {
                    let token = stop.register { shutdown(connection, Int32(SHUT_RDWR)) }
                    answer(connection, receiver, stop)
                    stop.unregister(token)
                    close(connection)
                }
            } catch {
                failure = error
            }
            // The thread has the socket until then.
            receiver.end()
            if let failure { throw failure }
        } catch {
            throw error.failure(peer: peer)
        }
        if let error = receiver.failure { throw error.failure(peer: peer) }
    }

    /// One client, until it is gone.
    private static func answer(_ connection: Int32, _ receiver: PacketReceiver, _ stop: ProbeStop) {
        while let request = PacketControl.request(from: connection) {
            if request.kind == .end { waitForRest(request, receiver, stop) }
            guard receiver.count(request.kind == .begin ? request.header : 0),
                (try? PacketControl.send(receiver.reply(request.header), to: connection)) != nil
            else { break }
        }
        // Nothing is counted for nobody.
        _ = receiver.count(0)
    }

    /// Returns when all that was sent is there, or when no more comes.
    private static func waitForRest(
        _ request: PacketControl.Request, _ receiver: PacketReceiver, _ stop: ProbeStop
    ) {
        let start = Clock.monotonicNanoseconds()
        var (seen, changed) = (receiver.packets, start)
        while seen < request.sent, !stop.isTripped {
            let now = Clock.monotonicNanoseconds()
            guard now - changed < quiet, now - start < PacketProbe.longestWait else { return }
            usleep(500)
            if receiver.packets != seen { (seen, changed) = (receiver.packets, Clock.monotonicNanoseconds()) }
        }
    }
}

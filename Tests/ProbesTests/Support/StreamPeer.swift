import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

@testable import Probes

/// A TCP peer that does with the bytes of its connections what a test wants it to.
final class StreamPeer: Sendable {
    let port: UInt16
    private let stop = ProbeStop()

    /// `answer` gets what one read of a connection gave and says what to send back; nil closes the connection.
    init(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]?) throws {
        let listener = try Socket(.tcp, .ipv4)
        try listener.bind(family: .ipv4, port: 0)
        try listener.setNoDelay()
        try listener.listen(backlog: 256)
        port = try listener.localPort()
        let descriptor = listener.release()
        let stop = stop
        try PlainThread.start {
            let token = stop.register { shutdown(descriptor, Int32(SHUT_RDWR)) }
            while !stop.isTripped {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { continue }
                try? PlainThread.start { Self.serve(connection, stop, answer) }
            }
            stop.unregister(token)
            close(descriptor)
        }
    }

    func end() { stop.trip() }

    private static func serve(_ connection: Int32, _ stop: ProbeStop, _ answer: ([UInt8]) -> [UInt8]?) {
        let token = stop.register { shutdown(connection, Int32(SHUT_RDWR)) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while !stop.isTripped {
            let count = recv(connection, &bytes, bytes.count, 0)
            guard count > 0, let reply = answer(Array(bytes[..<count])) else { break }
            guard EchoConnection.sendAll(connection, reply, reply.count) else { break }
        }
        stop.unregister(token)
        close(connection)
    }
}

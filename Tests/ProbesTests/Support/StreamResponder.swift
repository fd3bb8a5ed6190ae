import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

@testable import Probes

/// A TCP peer that echoes messages of one size when a test wants it to.
final class StreamResponder: Sendable {
    let port: UInt16
    private let stop = ProbeStop()

    /// `delay` gets the number of the connection and of the message on it, from 0, and says after how many milliseconds the
    /// message is read and sent back; with a small buffer, what is not read yet stays with the client.
    init(size: Int, _ delay: @escaping @Sendable (_ connection: Int, _ message: Int) -> UInt32) throws {
        let listener = try Socket(.tcp, .ipv4)
        var small: Int32 = 65_536
        _ = setsockopt(
            listener.descriptor, SOL_SOCKET, SO_RCVBUF, &small, socklen_t(MemoryLayout<Int32>.size))
        try listener.bind(family: .ipv4, port: 0)
        try listener.setNoDelay()
        try listener.listen(backlog: 16)
        port = try listener.localPort()
        let descriptor = dup(listener.descriptor)
        let stop = stop
        try PlainThread.start {
            let token = stop.register { shutdown(descriptor, Int32(SHUT_RDWR)) }
            var number = 0
            while !stop.isTripped {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { continue }
                let current = number
                number += 1
                try? PlainThread.start { Self.serve(connection, size, stop) { delay(current, $0) } }
            }
            stop.unregister(token)
            close(descriptor)
        }
    }

    func end() { stop.trip() }

    private static func serve(_ connection: Int32, _ size: Int, _ stop: ProbeStop, _ delay: (Int) -> UInt32) {
        let token = stop.register { shutdown(connection, Int32(SHUT_RDWR)) }
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        var message = 0
        while !stop.isTripped {
            usleep(delay(message) * 1_000)
            var received = 0
            while received < size {
                let count = recv(connection, bytes + received, size - received, 0)
                guard count > 0 else { break }
                received += count
            }
            guard received == size, EchoConnection.sendAll(connection, bytes, size) else { break }
            message += 1
        }
        bytes.deallocate()
        stop.unregister(token)
        close(connection)
    }
}

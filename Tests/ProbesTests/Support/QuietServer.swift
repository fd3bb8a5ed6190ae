import Contract
import Glibc
import LinuxHost
import Quantities
import ServiceProxies
import Sockets
import Synchronization

@testable import Probes

/// A TCP peer at 127.0.0.1 that takes connections and says who it is only after a while, as an endpoint does.
final class QuietServer: Sendable {
    /// Where it listens.
    static let address = IPv4Address(number: 0x7F00_0001)
    let port: UInt16

    private let listener: Int32
    private let hasEnded = Atomic(false)

    /// The first connection is answered after so many milliseconds, and all others then.
    init(silentMilliseconds: UInt32) throws {
        let socket = try Socket(.tcp, .ipv4)
        try socket.bind(family: .ipv4, port: 0)
        try socket.listen(backlog: 1_024)
        port = try socket.localPort()
        listener = socket.release()
        try PlainThread.start { [self] in
            var open: [Int32] = []
            var next = accept(listener, nil, nil)
            usleep(silentMilliseconds * 1_000)
            while next >= 0 {
                var identity = Self.address.number.bigEndian
                _ = send(next, &identity, 4, Int32(MSG_NOSIGNAL))
                open.append(next)
                next = accept(listener, nil, nil)
            }
            for descriptor in open { close(descriptor) }
            hasEnded.store(true, ordering: .releasing)
        }
    }

    /// Returns when nobody uses its sockets any more.
    func end() {
        shutdown(listener, Int32(SHUT_RDWR))
        while !hasEnded.load(ordering: .acquiring) { usleep(1_000) }
        close(listener)
    }
}

import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

@testable import Probes

/// A UDP peer that answers as a test wants it to.
final class Responder: Sendable {
    let port: UInt16
    private let stop = ProbeStop()

    /// `answer` gets each datagram with its number from 0 and says what to send back, in order.
    init(_ answer: @escaping @Sendable (Int, [UInt8]) -> [[UInt8]]) throws {
        let socket = try Socket(.udp, .ipv4)
        try socket.bind(family: .ipv4, port: 0)
        port = try socket.localPort()
        let descriptor = dup(socket.descriptor)
        let stop = stop
        try PlainThread.start {
            let token = stop.register { shutdown(descriptor, Int32(SHUT_RDWR)) }
            var bytes = [UInt8](repeating: 0, count: 65_536)
            var peer = sockaddr_in()
            var number = 0
            while !stop.isTripped {
                var length = socklen_t(MemoryLayout<sockaddr_in>.size)
                let count = withUnsafeMutablePointer(to: &peer) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        recvfrom(descriptor, &bytes, bytes.count, 0, $0, &length)
                    }
                }
                guard count > 0 else { continue }
                for reply in answer(number, Array(bytes[..<count])) {
                    _ = withUnsafePointer(to: &peer) { pointer in
                        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            sendto(descriptor, reply, reply.count, 0, $0, length)
                        }
                    }
                }
                number += 1
            }
            stop.unregister(token)
            close(descriptor)
        }
    }

    func end() { stop.trip() }
}

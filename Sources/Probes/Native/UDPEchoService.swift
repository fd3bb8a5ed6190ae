import Contract
import Glibc
import Quantities
import Sockets

/// The UDP echo server; runs on a plain thread until it is stopped.
struct UDPEchoService: Sendable {
    let server: EchoServer
    let stop: ProbeStop

    /// Says `ready`, serves, and returns the CPU seconds since the first measured request.
    func run(ready: (UInt16) -> Void) throws(SocketError) -> Double {
        let socket = try Socket(.udp, server.family)
        if let bytes = server.waitingBytes { socket.setBufferSizes(bytes: bytes) }
        try socket.bind(family: server.family, address: server.address, port: server.port)
        let descriptor = socket.descriptor
        // On Linux this wakes a blocked recvfrom(2) also where the socket is not connected, though it says ENOTCONN.
        let token = stop.register { shutdown(descriptor, Int32(SHUT_RDWR)) }
        defer { stop.unregister(token) }
        ready(try socket.localPort())
        return try serve(descriptor)
    }

    private func serve(_ descriptor: Int32) throws(SocketError) -> Double {
        let buffer = MessageBuffer(size: server.messageSize)
        let bytes = buffer.bytes
        let peer = UnsafeMutablePointer<sockaddr_storage>.allocate(capacity: 1)
        defer { peer.deallocate() }
        let address = UnsafeMutableRawPointer(peer).assumingMemoryBound(to: sockaddr.self)
        var meter = CPUMeter()
        while !stop.isTripped {
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let count = withoutInterruption { recvfrom(descriptor, bytes, server.messageSize, 0, address, &length) }
            if count < 0 { throw SocketError(.receive, errno) }
            // An empty datagram, or the stop: there is nothing to send back.
            if count == 0 { continue }
            meter.see(bytes.load(as: UInt8.self))
            // A reply that cannot be sent is a loss, which the client counts.
            _ = withoutInterruption { sendto(descriptor, bytes, count, Int32(MSG_NOSIGNAL), address, length) }
        }
        return meter.seconds
    }
}

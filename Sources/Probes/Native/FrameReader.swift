import Contract
import Glibc
import Sockets

/// Takes replies from a socket without waiting: datagrams, or equal pieces of a stream.
struct FrameReader: ~Copyable {
    /// What one look at the socket gave.
    enum Outcome {
        case frame(UInt64)
        case nothing
        case wrong
        case closed
        case failed(SocketError)
    }

    private let descriptor: Int32
    private let buffer: MessageBuffer
    private let transport: Transport
    private var received = 0

    init(descriptor: Int32, transport: Transport, size: Int) {
        self.descriptor = descriptor
        self.transport = transport
        buffer = MessageBuffer(size: size)
    }

    /// The header of the next whole reply.
    @inline(__always)
    mutating func next() -> Outcome {
        while true {
            let bytes = buffer.bytes + received
            let room = buffer.size - received
            // MSG_TRUNC: recv(2) gives the datagram's own length, so one that is too long is seen.
            let flags = Int32(MSG_DONTWAIT) | (transport == .udp ? Int32(MSG_TRUNC) : 0)
            let count = withoutInterruption { recv(descriptor, bytes, room, flags) }
            if count < 0 {
                return errno == EAGAIN ? .nothing : .failed(SocketError(.receive, errno))
            }
            if transport == .udp {
                return count == buffer.size ? .frame(buffer.header) : .wrong
            }
            if count == 0 { return .closed }
            received += count
            if received == buffer.size {
                received = 0
                return .frame(buffer.header)
            }
        }
    }
}

import Glibc
import Sockets

/// The server's side of one TCP connection.
enum EchoConnection {
    /// Sends back messages of this size until the peer closes, an error comes, or once.
    static func serve(_ descriptor: Int32, _ buffer: borrowing MessageBuffer, once: Bool, _ meter: inout CPUMeter) {
        let size = buffer.size
        let bytes = buffer.bytes
        repeat {
            var received = 0
            while received < size {
                let count = withoutInterruption { recv(descriptor, bytes + received, size - received, 0) }
                if count <= 0 { return }
                received += count
            }
            meter.see(bytes.load(as: UInt8.self))
            guard sendAll(descriptor, bytes, size) else { return }
        } while !once
    }

    @inline(__always)
    static func sendAll(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ size: Int) -> Bool {
        var sent = 0
        while sent < size {
            // MSG_NOSIGNAL: a peer that is gone is an error of this call, and no SIGPIPE.
            let count = withoutInterruption { send(descriptor, bytes + sent, size - sent, Int32(MSG_NOSIGNAL)) }
            if count < 0 { return false }
            sent += count
        }
        return true
    }
}

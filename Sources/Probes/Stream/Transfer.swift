import Glibc
import Sockets
import Synchronization

/// One end of a stream that carries whatever it can.
enum Transfer {
    /// Bytes that went through one or several streams.
    final class Count: Sendable {
        private let value = Atomic<UInt64>(0)

        /// So far; costs one relaxed load.
        var bytes: UInt64 { value.load(ordering: .relaxed) }

        fileprivate func add(_ count: Int) { value.add(UInt64(count), ordering: .relaxed) }
    }

    /// What one call moves, as iperf3's do.
    private static let piece = 128 * 1_024

    /// Sends until the connection ends.
    static func send(_ descriptor: Int32, _ count: Count) {
        withPiece { bytes in
            while true {
                let sent = withoutInterruption {
                    Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                }
                if sent <= 0 { return }
                count.add(sent)
            }
        }
    }

    /// Takes what comes until the connection ends.
    static func receive(_ descriptor: Int32, _ count: Count) {
        withPiece { bytes in
            while true {
                let received = withoutInterruption { recv(descriptor, bytes.baseAddress, bytes.count, 0) }
                if received <= 0 { return }
                count.add(received)
            }
        }
    }

    private static func withPiece(_ body: (UnsafeMutableRawBufferPointer) -> Void) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 64)
        defer { bytes.deallocate() }
        bytes.initializeMemory(as: UInt8.self, repeating: 0x6E)
        body(bytes)
    }
}

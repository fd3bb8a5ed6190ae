import Glibc

/// How much may wait in a socket.
enum BufferSizes {
    /// SO_SNDBUFFORCE and SO_RCVBUFFORCE, for which root is needed, or else as much as anybody gets.
    static func set(_ bytes: Int32, of descriptor: Int32) {
        var value = bytes
        let size = socklen_t(MemoryLayout<Int32>.size)
        for (forced, usual) in [(SO_SNDBUFFORCE, SO_SNDBUF), (SO_RCVBUFFORCE, SO_RCVBUF)] {
            guard setsockopt(descriptor, SOL_SOCKET, forced, &value, size) != 0 else { continue }
            _ = setsockopt(descriptor, SOL_SOCKET, usual, &value, size)
        }
    }
}

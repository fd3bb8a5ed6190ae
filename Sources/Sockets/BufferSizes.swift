import Glibc

/// How much may wait in a socket.
enum BufferSizes {
    /// SO_SNDBUF and SO_RCVBUF, as much of it as the kernel gives.
    static func set(_ bytes: Int32, of descriptor: Int32) {
        var value = bytes
        for option in [SO_SNDBUF, SO_RCVBUF] {
            _ = setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }
}

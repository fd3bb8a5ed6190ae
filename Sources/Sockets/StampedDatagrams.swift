public import Glibc

/// Receives datagrams with how long ago the kernel took each in: what a busy process adds to a time can then be left out.
public enum StampedDatagrams {
    /// One of them.
    public struct Datagram: Sendable, Equatable {
        /// Bytes in the buffer; more may have been cut off.
        public let count: Int
        /// Nanoseconds since the kernel took it in; 0 where it does not say.
        public let age: UInt64
    }

    /// `SO_TIMESTAMPNS` and `SCM_TIMESTAMPNS` (asm-generic/socket.h), which are macros of macros and not there in Swift.
    private static let option: Int32 = 35

    /// Asks the kernel to stamp what comes.
    public static func enable(_ descriptor: Int32) throws(SocketError) {
        var value: Int32 = 1
        guard setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SocketError(.option, errno)
        }
    }

    /// Takes the next datagram without waiting and calls `body` with it and its sender, who can be answered.
    ///
    /// - Throws: the kernel's answer, `EAGAIN` when there is none.
    public static func receive(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer,
        _ body: (Datagram, UnsafeMutablePointer<sockaddr>, socklen_t) -> Void
    ) throws(SocketError) {
        var sender = sockaddr_storage()
        var control: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
        let code: Int32 = withUnsafeMutablePointer(to: &sender) { sender in
            withUnsafeMutableBytes(of: &control) { control in
                var vector = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
                return withUnsafeMutablePointer(to: &vector) { vector in
                    var message = msghdr()
                    message.msg_name = UnsafeMutableRawPointer(sender)
                    message.msg_namelen = socklen_t(MemoryLayout<sockaddr_storage>.size)
                    message.msg_iov = vector
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = control.count
                    let count = recvmsg(descriptor, &message, Int32(MSG_DONTWAIT))
                    guard count >= 0 else { return errno }
                    let age = age(in: UnsafeRawBufferPointer(rebasing: control[..<Int(message.msg_controllen)]))
                    sender.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        body(Datagram(count: count, age: age), $0, message.msg_namelen)
                    }
                    return 0
                }
            }
        }
        guard code == 0 else { throw SocketError(.receive, code) }
    }

    /// The first control message is the stamp, the only one that was asked for: length, level and type, seconds, nanoseconds.
    private static func age(in control: UnsafeRawBufferPointer) -> UInt64 {
        guard control.count >= 32, control.load(fromByteOffset: 12, as: Int32.self) == option else { return 0 }
        var now = timespec()
        // The stamp is of this clock; of it only the moment since then is used.
        clock_gettime(CLOCK_REALTIME, &now)
        let seconds = Int64(now.tv_sec) - control.load(fromByteOffset: 16, as: Int64.self)
        let age = seconds * 1_000_000_000 + Int64(now.tv_nsec) - control.load(fromByteOffset: 24, as: Int64.self)
        return age > 0 && age < 10_000_000_000 ? UInt64(age) : 0
    }
}

import Glibc
public import Quantities

/// What a socket's error queue holds: what hosts on the way said about packets that were sent (`IP_RECVERR`).
public enum ErrorQueue {
    /// One entry.
    public struct Entry: Sendable, Equatable {
        /// An `errno` value.
        public let code: Int32
        /// Whether a packet from somewhere said it, and not this kernel by itself.
        public let isRemote: Bool
        /// For `EMSGSIZE` the size that would pass, otherwise 0.
        public let information: UInt32
    }

    /// Asks for the queue: without it, errors that are not final are not told.
    public static func enable(_ descriptor: Int32, _ family: IPAddress.Family) throws(SocketError) {
        try set(
            descriptor, family == .ipv4 ? Int32(IPPROTO_IP) : Int32(IPPROTO_IPV6),
            family == .ipv4 ? IP_RECVERR : IPV6_RECVERR, 1)
    }

    /// Forbids everybody to fragment, and this kernel to trust what it has learned of the path.
    public static func forbidFragments(_ descriptor: Int32, _ family: IPAddress.Family) throws(SocketError) {
        // IP_PMTUDISC_PROBE is 3 in both families.
        try set(
            descriptor, family == .ipv4 ? Int32(IPPROTO_IP) : Int32(IPPROTO_IPV6),
            family == .ipv4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER, 3)
    }

    /// The largest packet that the first link takes, by `IP_MTU`.
    public static func linkMTU(_ descriptor: Int32, _ family: IPAddress.Family) -> Int? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let code = getsockopt(
            descriptor, family == .ipv4 ? Int32(IPPROTO_IP) : Int32(IPPROTO_IPV6),
            family == .ipv4 ? IP_MTU : IPV6_MTU, &value, &length)
        return code == 0 && value > 0 ? Int(value) : nil
    }

    /// Takes the next entry; nil when there is none.
    public static func next(_ descriptor: Int32) -> Entry? {
        var control = [UInt8](repeating: 0, count: 512)
        var payload = [UInt8](repeating: 0, count: 64)
        let length = payload.withUnsafeMutableBytes { payload in
            control.withUnsafeMutableBytes { control -> Int in
                var vector = iovec(iov_base: payload.baseAddress, iov_len: payload.count)
                return withUnsafeMutablePointer(to: &vector) { vector in
                    var message = msghdr()
                    message.msg_iov = vector
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = control.count
                    let count = recvmsg(descriptor, &message, Int32(MSG_ERRQUEUE) | Int32(MSG_DONTWAIT))
                    return count < 0 ? -1 : message.msg_controllen
                }
            }
        }
        return length < 0 ? nil : entry(in: Array(control.prefix(length)))
    }

    /// Reads control messages for a `sock_extended_err`; pure.
    ///
    /// A `cmsghdr` is a length of 8 bytes, a level and a type of 4 each; the next one begins at a multiple of 8.
    static func entry(in control: [UInt8]) -> Entry? {
        var offset = 0
        while offset + 16 <= control.count {
            func word(_ place: Int) -> UInt32 {
                (0..<4).reduce(0) { $0 | UInt32(control[offset + place + $1]) << UInt32(8 * $1) }
            }
            let length = Int(word(0))
            guard length >= 16, offset + length <= control.count else { return nil }
            let (level, type) = (Int32(bitPattern: word(8)), Int32(bitPattern: word(12)))
            let isError =
                (level == Int32(IPPROTO_IP) && type == IP_RECVERR)
                || (level == Int32(IPPROTO_IPV6) && type == IPV6_RECVERR)
            if isError, length >= 32 {
                // ee_errno, then ee_origin, ee_type, ee_code and padding, then ee_info (linux/errqueue.h).
                return Entry(
                    code: Int32(bitPattern: word(16)), isRemote: control[offset + 20] > 1, information: word(24))
            }
            offset += (length + 7) & ~7
        }
        return nil
    }

    private static func set(
        _ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32
    ) throws(SocketError) {
        var value = value
        guard setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SocketError(.option, errno)
        }
    }
}

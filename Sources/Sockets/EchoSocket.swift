import Glibc
import Quantities

/// A socket for echo requests of ICMP and ICMPv6, connected to one address.
///
/// An unprivileged datagram socket where `net.ipv4.ping_group_range` allows it, for which the kernel writes and matches
/// identifiers; otherwise a raw one, which needs CAP_NET_RAW, and whose user does both.
public struct EchoSocket: ~Copyable {
    /// The kernel's number for it, non-blocking.
    public let descriptor: Int32
    /// Whether it is raw: identifiers are the user's, and IPv4 packets come with their IP header.
    public let isRaw: Bool

    /// Opens a socket and connects it.
    public init(to address: SocketAddress) throws(SocketError) {
        let domain = address.domain
        let number = address.family == .ipv4 ? Int32(IPPROTO_ICMP) : Int32(IPPROTO_ICMPV6)
        let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let datagrams = socket(domain, Int32(SOCK_DGRAM.rawValue) | flags, number)
        if datagrams >= 0 {
            descriptor = datagrams
            isRaw = false
        } else {
            let refusal = errno
            descriptor = socket(domain, Int32(SOCK_RAW.rawValue) | flags, number)
            isRaw = true
            // Both refused: the first is the reason for people, who may set the range of groups.
            guard descriptor >= 0 else { throw SocketError(.open, refusal) }
        }
        guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            throw SocketError(.connect, errno)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// How many bytes may wait to be sent and to be read, or as many as the kernel gives.
    public func setBufferSizes(bytes: Int32) {
        BufferSizes.set(bytes, of: descriptor)
    }

    /// The descriptor, which is the caller's to close from now on.
    public consuming func release() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }
}

public import Contract
import Glibc
public import Quantities

/// One owned socket; closed when it goes out of scope.
public struct Socket: ~Copyable {
    /// The kernel's number for it, which is this value's to close.
    public let descriptor: Int32
    private let transport: Transport

    /// socket(2), blocking, closed on exec.
    public init(_ transport: Transport, _ family: IPAddress.Family) throws(SocketError) {
        self.transport = transport
        let domain = family == .ipv4 ? AF_INET : AF_INET6
        let type = transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
        // Close-on-exec in the same call: before an fcntl(2) another thread could start a program that inherits it.
        descriptor = socket(domain, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SocketError(.open, errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// bind(2) to one address, or to every one of the family, which an IPv6 socket does not share with IPv4.
    public func bind(
        family: IPAddress.Family, address: IPAddress? = nil, port: UInt16
    ) throws(SocketError) {
        // For TCP this passes over TIME_WAIT only; for UDP it would let two servers share a port unnoticed.
        if transport == .tcp { try set(SOL_SOCKET, SO_REUSEADDR, 1) }
        // By default (net.ipv6.bindv6only = 0) this would also take the port of IPv4.
        if family == .ipv6 { try set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        try bind(to: address.map { SocketAddress($0, port: port) } ?? SocketAddress(anyOf: family, port: port))
    }

    /// bind(2) to one address.
    public func bind(to address: SocketAddress) throws(SocketError) {
        let code = address.withPointer { Glibc.bind(descriptor, $0, $1) }
        guard code == 0 else { throw SocketError(.bind, errno) }
    }

    /// The descriptor, which is the caller's to close from now on.
    public consuming func release() -> Int32 {
        let descriptor = descriptor
        // Ends this value without its deinit, which would close the descriptor.
        discard self
        return descriptor
    }

    /// SO_LINGER with no time: close(2) then resets the connection, and neither end keeps it in TIME_WAIT.
    public func setResetOnClose() throws(SocketError) {
        var value = linger(l_onoff: 1, l_linger: 0)
        guard setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size)) == 0 else {
            throw SocketError(.option, errno)
        }
    }

    /// listen(2).
    public func listen(backlog: Int32) throws(SocketError) {
        guard Glibc.listen(descriptor, backlog) == 0 else { throw SocketError(.listen, errno) }
    }

    /// connect(2), which gives up only where ``setTimeouts(nanoseconds:)`` said when.
    public func connect(to address: SocketAddress) throws(SocketError) {
        let code = address.withPointer { Glibc.connect(descriptor, $0, $1) }
        guard code == 0 else { throw SocketError(.connect, errno) }
    }

    /// The port that the socket has, by getsockname(2).
    public func localPort() throws(SocketError) -> UInt16 {
        var storage = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let code = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard code == 0 else { throw SocketError(.bind, errno) }
        // The port stands at the same place in sockaddr_in and sockaddr_in6.
        return UInt16(bigEndian: storage.sin6_port)
    }

    /// Time-outs of blocking calls, by SO_RCVTIMEO and SO_SNDTIMEO; the latter also holds for connect(2).
    public func setTimeouts(nanoseconds: UInt64) throws(SocketError) {
        // A time-out of 0 would mean to wait for ever.
        let microseconds = max(1, (nanoseconds + 999) / 1_000)
        var value = timeval(tv_sec: Int(microseconds / 1_000_000), tv_usec: Int(microseconds % 1_000_000))
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            let size = socklen_t(MemoryLayout<timeval>.size)
            guard setsockopt(descriptor, SOL_SOCKET, option, &value, size) == 0 else {
                throw SocketError(.option, errno)
            }
        }
    }

    /// How many bytes may wait to be sent and to be read, or as many as the kernel gives.
    public func setBufferSizes(bytes: Int32) {
        BufferSizes.set(bytes, of: descriptor)
    }

    /// SO_NO_CHECK: datagrams over IPv4 leave without a checksum, and are not looked into on their way.
    public func setUnchecked() throws(SocketError) {
        try set(SOL_SOCKET, SO_NO_CHECK, 1)
    }

    /// TCP_NODELAY: a request leaves at once; accepted sockets have it from their listener.
    public func setNoDelay() throws(SocketError) {
        try set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) throws(SocketError) {
        var value = value
        guard setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SocketError(.option, errno)
        }
    }
}

import Glibc
import LinuxHost
import Quantities

/// A UDP socket in a namespace, usable from anywhere; what is sent begins with a number.
final class DatagramEnd {
    let address: IPAddress
    let port: UInt16
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 2_048)

    init(_ address: IPAddress, port: UInt16, in namespace: borrowing NetworkNamespace) throws {
        self.address = address
        self.port = port
        descriptor = try namespace.run { () throws(HostError) in
            let descriptor = socket(
                address.family == .ipv4 ? AF_INET : AF_INET6, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            // Room for all that a test sends at once: what is lost shall be lost on the way.
            var room: Int32 = 64 << 20
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &room, 4)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &room, 4)
            let name = SocketName.bytes(address, port)
            let code = name.withUnsafeBytes {
                bind(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
            }
            guard descriptor >= 0, code == 0 else {
                throw HostError(operation: "bind", object: "\(address) \(port)", errno: errno, hint: "")
            }
            return descriptor
        }
    }

    deinit { close(descriptor) }

    /// Sends a number to the other end in a datagram of so many bytes; false when the kernel did not take it.
    @discardableResult
    func send(_ number: UInt32, bytes: Int = 64, to peer: DatagramEnd) -> Bool {
        withUnsafeBytes(of: number) { source in for offset in 0..<4 { buffer[offset] = source[offset] } }
        let name = SocketName.bytes(peer.address, peer.port)
        return name.withUnsafeBytes {
            sendto(
                descriptor, buffer, bytes, 0, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t($0.count)) == bytes
        }
    }

    /// The number of the next datagram, waited for so many milliseconds at most; nil when none came.
    func receive(milliseconds: Int32 = 0) -> UInt32? {
        var count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 4, milliseconds > 0 {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, milliseconds) > 0 else { return nil }
            count = recv(descriptor, &buffer, buffer.count, 0)
        }
        guard count >= 4 else { return nil }
        return buffer.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
    }
}

/// `struct sockaddr_in` and `sockaddr_in6`.
enum SocketName {
    static func bytes(_ address: IPAddress, _ port: UInt16) -> [UInt8] {
        let isFour = address.family == .ipv4
        let head = [UInt8(isFour ? AF_INET : AF_INET6), 0, UInt8(port >> 8), UInt8(port & 0xFF)]
        let zeros = [UInt8](repeating: 0, count: isFour ? 8 : 4)
        return isFour ? head + address.bytes + zeros : head + zeros + address.bytes + zeros
    }
}

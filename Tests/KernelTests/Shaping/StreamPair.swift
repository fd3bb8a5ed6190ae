import Glibc
import LinuxHost
import Quantities

/// A TCP connection from one namespace to another.
final class StreamPair {
    private let sender: Int32
    private let receiver: Int32

    init(from near: borrowing NetworkNamespace, to far: borrowing NetworkNamespace) throws {
        let (address, port) = (ShapingBench.farAddress, UInt16(5_000))
        let name = SocketName.bytes(address, port)
        let listener = try Self.socket(in: far) { descriptor in
            Self.named(name) { bind(descriptor, $0, $1) } == 0 && listen(descriptor, 1) == 0
        }
        defer { close(listener) }
        sender = try Self.socket(in: near) { descriptor in Self.named(name) { connect(descriptor, $0, $1) } == 0 }
        receiver = accept(listener, nil, nil)
        for descriptor in [sender, receiver] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        close(sender)
        close(receiver)
    }

    /// Sends as much as goes for so long; how many bits a second arrived from the first moment at which something did to the last.
    func goodput(seconds: Double) -> Double {
        var buffer = [UInt8](repeating: 7, count: 65_536)
        var arrived = 0
        var (first, last): (UInt64, UInt64) = (0, 0)
        let end = Clock.monotonicNanoseconds() + UInt64(seconds * 1e9)
        while Clock.monotonicNanoseconds() < end {
            _ = Glibc.send(sender, buffer, buffer.count, Int32(MSG_NOSIGNAL))
            var entry = pollfd(fd: receiver, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 1) > 0 else { continue }
            let count = recv(receiver, &buffer, buffer.count, 0)
            last = Clock.monotonicNanoseconds()
            // What waited before that came at another rate.
            if first == 0 { first = last } else { arrived += max(count, 0) }
        }
        return last > first ? Double(arrived) * 8 / (Double(last - first) / 1e9) : 0
    }

    private static func socket(
        in namespace: borrowing NetworkNamespace, _ prepare: @escaping @Sendable (Int32) -> Bool
    ) throws -> Int32 {
        try namespace.run { () throws(HostError) in
            let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard prepare(descriptor) else {
                throw HostError(operation: "connect", object: "a stream", errno: errno, hint: "")
            }
            return descriptor
        }
    }

    private static func named(_ name: [UInt8], _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        name.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return -1 }
            return body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
        }
    }
}

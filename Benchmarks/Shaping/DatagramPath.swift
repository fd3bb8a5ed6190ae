import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// A UDP socket in each of two namespaces, usable from anywhere; what is sent begins with a number.
final class DatagramPath {
    private let near: Int32
    private let far: Int32
    private let client: SocketAddress
    private let server: SocketAddress
    private var buffer = [UInt8](repeating: 0, count: 2_048)

    /// Opens both, non-blocking.
    init(
        from near: borrowing NetworkNamespace, at client: IPAddress, to far: borrowing NetworkNamespace,
        at server: IPAddress
    ) throws {
        self.client = SocketAddress(client, port: 4_000)
        self.server = SocketAddress(server, port: 4_001)
        self.near = try Self.socket(self.client, in: near)
        self.far = try Self.socket(self.server, in: far)
    }

    deinit {
        close(near)
        close(far)
    }

    private static func socket(
        _ address: SocketAddress, in namespace: borrowing NetworkNamespace
    ) throws -> Int32 {
        try namespace.run(failure: { SocketError(.open, $0.errno) }) { () throws(SocketError) in
            let socket = try Socket(.udp, address.family)
            try socket.bind(to: address)
            // Room for all that is sent at once: what is lost shall be lost on the way.
            var room: Int32 = 64 << 20
            for option in [SO_RCVBUFFORCE, SO_SNDBUFFORCE] {
                setsockopt(socket.descriptor, SOL_SOCKET, option, &room, socklen_t(MemoryLayout<Int32>.size))
            }
            return socket.release()
        }
    }

    /// The shortest of so many round trips, in milliseconds: a busy machine makes them longer, and nothing makes them shorter.
    func roundTrip(_ count: Int, pause: Double = 0) throws -> Double {
        var shortest = Double.infinity
        // The first two find their way.
        for number in 0..<UInt32(count + 2) {
            if pause > 0 { usleep(UInt32(pause * 1e3)) }
            let start = Clock.monotonicNanoseconds()
            send(number, from: near, to: server)
            guard receive(on: far, milliseconds: 5_000) == number else { throw BenchmarkError("a request got lost") }
            send(number, from: far, to: client)
            guard receive(on: near, milliseconds: 5_000) == number else { throw BenchmarkError("an answer got lost") }
            if number > 1 { shortest = min(shortest, Double(Clock.monotonicNanoseconds() - start) / 1e6) }
        }
        return shortest
    }

    /// What arrives of so many datagrams that are sent one behind the other, in the order of arrival.
    func flow(_ count: Int, bytes: Int = 64, patience: Int32 = 200) -> (arrived: [UInt32], seconds: Double) {
        var arrived: [UInt32] = []
        let start = Clock.monotonicNanoseconds()
        var last = start
        func take(_ milliseconds: Int32) -> Bool {
            guard let number = receive(on: far, milliseconds: milliseconds) else { return false }
            last = Clock.monotonicNanoseconds()
            arrived.append(number)
            return true
        }
        for number in 0..<UInt32(count) {
            while !send(number, bytes: bytes, from: near, to: server) { usleep(500) }
            // Taken away as they come, so that there is room.
            if number % 16 == 0 { while take(0) {} }
        }
        while take(patience) {}
        return (arrived, Double(last - start) / 1e9)
    }

    /// How many of so many arrive within a time, in milliseconds; all that come later are waited for.
    func early(_ count: Int, within milliseconds: UInt64) throws -> Int {
        let start = Clock.monotonicNanoseconds()
        for number in 0..<UInt32(count) { send(number, from: near, to: server) }
        guard Clock.monotonicNanoseconds() - start < milliseconds * 900_000 else {
            throw BenchmarkError("this machine was too slow to send \(count) datagrams in time")
        }
        var early = 0
        while Clock.monotonicNanoseconds() - start < milliseconds * 980_000 {
            if receive(on: far, milliseconds: 10) != nil { early += 1 }
        }
        while receive(on: far, milliseconds: 600) != nil {}
        return early
    }

    @discardableResult
    private func send(_ number: UInt32, bytes: Int = 64, from descriptor: Int32, to address: SocketAddress) -> Bool {
        withUnsafeBytes(of: number) { source in for offset in 0..<4 { buffer[offset] = source[offset] } }
        return address.withPointer { sendto(descriptor, buffer, bytes, Int32(MSG_DONTWAIT), $0, $1) == bytes }
    }

    private func receive(on descriptor: Int32, milliseconds: Int32) -> UInt32? {
        var count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count < 4, milliseconds > 0 {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, milliseconds) > 0 else { return nil }
            count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        }
        guard count >= 4 else { return nil }
        return buffer.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
    }
}

import Glibc

/// A listener that takes no connection, so that its queue is full, and those who knock in vain; used in one namespace only.
final class FullListener: @unchecked Sendable {
    private var listener: Int32 = -1
    private var guests: [Int32] = []
    private var address = sockaddr_in()

    /// How many stay at the door at once.
    private static let most = 64

    deinit { close() }

    /// Sends everybody away: who still waits at a closed door goes on knocking.
    func close() {
        for descriptor in guests + [listener] where descriptor >= 0 { Glibc.close(descriptor) }
        guests = []
        listener = -1
    }

    /// Opens the listener the first time, and knocks a few times.
    func knock() {
        if listener < 0 { open() }
        if guests.count > Self.most {
            for descriptor in guests.dropFirst(2) { Glibc.close(descriptor) }
            guests.removeLast(guests.count - 2)
        }
        for _ in 0..<5 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            guard descriptor >= 0 else { return }
            _ = Self.with(address) { connect(descriptor, $0, $1) }
            guests.append(descriptor)
        }
    }

    private func open() {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = Self.with(address) { bind(listener, $0, $1) }
        // No room but for one.
        _ = listen(listener, 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &length) }
        }
    }

    private static func with(_ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

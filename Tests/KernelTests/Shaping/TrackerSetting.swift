import Contract
import Foundation
import Glibc
import LinuxHost
import Netlink
import Synchronization
import TestSupport

/// What tests of full connection trackers need of the machine, and how they see what such a tracker does.
enum TrackerSetting {
    /// What this kernel lacks of it; nobody knows without root.
    private static let lacking =
        Requirement.root ? [KernelFeature.conntrack, .nftables].filter { $0.isAvailable() != .yes } : []
    /// Whether this kernel has all of it.
    static let isThere = Requirement.root && lacking.isEmpty
    /// Why tests are skipped where it has not; such tests run in a kernel guest.
    static let reason =
        Requirement.root
        ? Requirement.kernelReason(lacking.map(\.module).joined(separator: ", ")) : Requirement.rootReason

    /// Says what was measured, for whoever reads the output of the tests.
    static func note(_ values: [String: Double]) {
        let words = values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        FileHandle.standardOutput.write(Data("conntrack: \(words)\n".utf8))
    }

    /// Whether a new connection of TCP comes about within a second.
    static func connects(from near: borrowing NetworkNamespace, to far: borrowing NetworkNamespace) throws -> Bool {
        let name = SocketName.bytes(ShapingBench.farAddress, 5_001)
        func open(in namespace: borrowing NetworkNamespace, listens: Bool) throws -> Int32 {
            try namespace.run { () throws(HostError) in
                let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
                var one: Int32 = 1
                setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, 4)
                name.withUnsafeBytes { raw in
                    guard let base = raw.baseAddress else { return }
                    let address = base.assumingMemoryBound(to: sockaddr.self)
                    if listens {
                        _ = bind(descriptor, address, socklen_t(raw.count))
                        _ = listen(descriptor, 8)
                    } else {
                        _ = connect(descriptor, address, socklen_t(raw.count))
                    }
                }
                return descriptor
            }
        }
        let listener = try open(in: far, listens: true)
        let client = try open(in: near, listens: false)
        defer {
            close(listener)
            close(client)
        }
        var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 1_000) > 0 else { return false }
        let accepted = accept(listener, nil, nil)
        defer { close(accepted) }
        return accepted >= 0
    }

    /// A connection on which something is said all the while.
    final class Talk: @unchecked Sendable {
        private let pair: StreamPair
        private let isOver = Mutex(false)
        private let hasEnded = DispatchSemaphore(value: 0)

        init(_ pair: StreamPair) {
            self.pair = pair
            Thread.detachNewThread { [self] in
                while !isOver.withLock({ $0 }) { _ = self.pair.goodput(seconds: 0.05) }
                hasEnded.signal()
            }
        }

        /// Says no more, and hands the connection back.
        func end() -> StreamPair {
            isOver.withLock { $0 = true }
            hasEnded.wait()
            return pair
        }
    }
}

import Contract
import Glibc
import LinuxHost
import PodAttachment
import Quantities
import Sockets

/// Waits for the first packet to get through to a new pod and back, from a pod that was there before.
///
/// A datagram is sent every quarter of a millisecond until an echo comes back, so what is found is the time until
/// addresses, routes and neighbours work, and not how often somebody looked. Both ends are sockets of this process.
final class FirstPacket: Sendable {
    private let client: Int32
    private let server: Int32

    private static let port: UInt16 = 7077
    private static let interval: UInt64 = 250_000
    private static let pause = timespec(tv_sec: 0, tv_nsec: 20_000)

    /// Opens a socket of this family in each pod; the new one may not be attached yet.
    init(from old: Pod, to new: Pod, family: IPAddress.Family) throws(ProbeFailure) {
        client = try Self.open(in: old, family, port: 0)
        do throws(ProbeFailure) {
            server = try Self.open(in: new, family, port: Self.port)
        } catch {
            close(client)
            throw error
        }
    }

    deinit {
        close(client)
        close(server)
    }

    /// Nanoseconds from `start` until an echo came back.
    func wait(
        for address: IPAddress, since start: UInt64, patience: UInt64, stop: ProbeStop
    ) async throws(ProbeFailure)
        -> UInt64
    {
        let target = SocketAddress(address, port: Self.port)
        let result = await PlainThread.run { [self] () -> Result<UInt64, ProbeFailure> in
            // The usual slack of 50 µs is longer than the pause between two looks.
            TimerSlack.minimise()
            let end = start + patience
            var next: UInt64 = 0
            while true {
                let now = Clock.monotonicNanoseconds()
                if stop.isTripped { return .failure(.interrupted(stop)) }
                if now >= end { break }
                if now >= next {
                    send(to: target)
                    next = now + Self.interval
                }
                answer()
                if receive() { return .success(Clock.monotonicNanoseconds() - start) }
                var pause = Self.pause
                // Sleeping, not spinning: what is waited for may need this processor.
                nanosleep(&pause, nil)
            }
            return .failure(
                ProbeFailure(
                    .timedOut,
                    "no packet came through to \(address) and back within \(Double(patience) / 1e9) s after ADD; "
                        + "see the pod's routes, and whether the node forwards"
                )
            )
        }
        return try result.get()
    }

    /// What fails here (no route yet, no neighbour yet) is what is waited for.
    private func send(to target: SocketAddress) {
        var byte: UInt8 = 0x6e
        _ = target.withPointer { sendto(client, &byte, 1, 0, $0, $1) }
    }

    private func answer() {
        var byte: UInt8 = 0
        var peer = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                while recvfrom(server, &byte, 1, 0, peer, &length) == 1 {
                    sendto(server, &byte, 1, 0, peer, length)
                }
            }
        }
    }

    private func receive() -> Bool {
        var byte: UInt8 = 0
        return recv(client, &byte, 1, 0) == 1
    }

    private static func open(
        in pod: Pod, _ family: IPAddress.Family, port: UInt16
    ) throws(ProbeFailure) -> Int32 {
        do throws(HostError) {
            return try pod.namespace.run { () throws(HostError) in
                let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
                let descriptor = socket(family == .ipv4 ? AF_INET : AF_INET6, kind, 0)
                let address = SocketAddress(anyOf: family, port: port)
                guard descriptor >= 0, address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
                    let code = errno
                    if descriptor >= 0 { close(descriptor) }
                    throw HostError(
                        operation: "open", object: "a socket in pod \(pod.number)", errno: code,
                        hint: "Raise the limit of open files"
                    )
                }
                return descriptor
            }
        } catch {
            throw ProbeFailure(.system, "\(error)")
        }
    }
}

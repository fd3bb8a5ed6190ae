import Contract
import Glibc
import LinuxHost
import Netlink
import Quantities
import Sockets

/// Reads what the kernel says of the namespace, window by window.
struct KernelReader {
    private var last = NetworkCounters.read()
    private let links = try? NetlinkSocket()

    mutating func read(peers: [IPAddress]) -> NodeReading {
        let now = NetworkCounters.read()
        defer { last = now }
        func rise(_ new: UInt64?, _ old: UInt64?) -> Int {
            guard let new, let old, new > old else { return 0 }
            return Int(clamping: new - old)
        }
        var drops: [String: Int] = [:]
        for (name, count) in now.linkDrops ?? [:] {
            let rise = rise(count, last.linkDrops?[name])
            if rise > 0 { drops[name] = rise }
        }
        return NodeReading(
            trackedConnections: now.trackedConnections, trackedLimit: now.trackedLimit, linkDrops: drops,
            listenOverflows: rise(now.listenOverflows, last.listenOverflows),
            backlogDrops: rise(now.backlogDrops, last.backlogDrops), squeezes: rise(now.squeezes, last.squeezes),
            mtus: mtus(), missingRoutes: peers.filter { !hasRoute(to: $0) }.map { "\($0)" })
    }

    private func mtus() -> [String: Int] {
        let all = (try? links?.links()) ?? []
        return Dictionary(
            all.filter { $0.isUp && $0.kind != .other("loopback") && $0.mtu > 0 }.map { ($0.name, $0.mtu) },
            uniquingKeysWith: { first, _ in first })
    }

    /// connect(2) of a datagram socket sends nothing and looks for the route.
    private func hasRoute(to address: IPAddress) -> Bool {
        do throws(SocketError) {
            let socket = try Socket(.udp, address.family)
            try socket.connect(to: SocketAddress(address, port: 9))
            return true
        } catch {
            return error.code != ENETUNREACH && error.code != EHOSTUNREACH
        }
    }
}

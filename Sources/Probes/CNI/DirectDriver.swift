import ContainerNetworking
import Contract
import Glibc
import LinuxHost
import Netlink
import Quantities
import Synchronization

/// Attaches pods without plugins: what CNI `ptp` makes, by our own requests to the kernel.
///
/// A veth pair, the pod's address, a route to the gateway and the default route in the pod; the gateway's address and
/// the route to the pod on the node.
final class DirectDriver: PodDriver {
    private let node: NetlinkSocket
    private let range: CIDR
    private let gateway: CIDR
    private let cpu = Mutex(0.0)

    private static let patience: UInt64 = 5_000_000_000
    private static let pause: UInt32 = 50

    init(range: CIDR) throws(ProbeFailure) {
        guard let address = range.address(at: 1), let gateway = CIDR(address: address, prefixLength: 32) else {
            throw ProbeFailure(.badPlan, "the range \(range) has no room for a gateway and pods")
        }
        self.range = range
        self.gateway = gateway
        do throws(NetlinkError) {
            node = try NetlinkSocket()
        } catch {
            throw ProbeFailure(.system, error.description)
        }
    }

    /// We look ourselves.
    var hasCheck: Bool { true }

    let listName = "of this program"

    /// Nobody has to remember anything.
    var state: PluginState { PluginState(directories: []) }

    var cpuSeconds: Double { cpu.withLock { $0 } }

    func add(_ pod: Pod) async throws(ProbeFailure) -> AddedPod {
        let address = try address(of: pod)
        return try await onThread { [node, gateway] in
            let start = Clock.monotonicNanoseconds()
            let link = Self.link(of: pod)
            let peer = Link.Kind.veth(peer: Pod.interface, peerNamespace: pod.namespace.descriptor)
            try node.add(Link(name: link, kind: peer, isUp: true))
            try node.addAddress(gateway, to: link)
            let inside = try NetlinkSocket(in: pod.namespace)
            try inside.addAddress(address, to: Pod.interface)
            try inside.setUp(Pod.interface)
            try inside.addRoute(Route(destination: gateway, interface: Pod.interface))
            try inside.addRoute(Route(destination: nil, gateway: gateway.address, interface: Pod.interface))
            try node.addRoute(Route(destination: address, interface: link))
            try Self.wait(for: link, node)
            try Self.wait(for: Pod.interface, inside)
            return AddedPod(addresses: [address], start: start, end: Clock.monotonicNanoseconds())
        }
    }

    /// Reads link, address and routes back.
    func check(_ pod: Pod) async throws(ProbeFailure) -> UInt64 {
        let address = try address(of: pod)
        return try await onThread { [node] in
            let start = Clock.monotonicNanoseconds()
            let inside = try NetlinkSocket(in: pod.namespace)
            let isThere =
                try node.link(named: Self.link(of: pod))?.isUp == true
                && inside.link(named: Pod.interface)?.isUp == true
                && inside.addresses(of: Pod.interface).contains(address)
                && inside.routes(family: .ipv4).contains { $0.destination == nil }
            guard isThere else {
                throw ProbeFailure(.misplaced, "pod \(pod.number) lacks its link, its address or its route")
            }
            return Clock.monotonicNanoseconds() - start
        }
    }

    /// Deletes one end of the pair, with which the other, the addresses and the routes go.
    func delete(_ pod: Pod) async throws(ProbeFailure) -> UInt64 {
        try await onThread { [node] in
            let start = Clock.monotonicNanoseconds()
            try node.delete(linkNamed: Self.link(of: pod))
            return Clock.monotonicNanoseconds() - start
        }
    }

    private func address(of pod: Pod) throws(ProbeFailure) -> CIDR {
        // The network's own address and the gateway's stand before them.
        guard let address = range.address(at: UInt64(pod.number) + 2), range.contains(address),
            let single = CIDR(address: address, prefixLength: 32)
        else { throw ProbeFailure(.badPlan, "the range \(range) has no address for pod \(pod.number)") }
        return single
    }

    /// The first packet that is sent into a link without a queue is lost, and ARP asks again only after a second.
    private static func wait(for link: String, _ socket: NetlinkSocket) throws {
        let end = Clock.monotonicNanoseconds() + patience
        while try !socket.isOperational(linkNamed: link) {
            guard Clock.monotonicNanoseconds() < end else {
                throw ProbeFailure(.timedOut, "the link \(link) was taken up and carries nothing after 5 s")
            }
            usleep(pause)
        }
    }

    private static func link(of pod: Pod) -> String { "nm\(pod.number)" }

    private func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(ProbeFailure) -> Value {
        let result = await PlainThread.run { [self] () -> Result<Value, ProbeFailure> in
            let before = ThreadCPU.seconds()
            defer {
                let used = ThreadCPU.seconds() - before
                cpu.withLock { $0 += used }
            }
            do {
                return .success(try body())
            } catch let failure as ProbeFailure {
                return .failure(failure)
            } catch {
                return .failure(ProbeFailure(.system, "\(error)"))
            }
        }
        return try result.get()
    }
}

public import ContainerNetworking
import Glibc
import LinuxHost
import Netlink
public import Quantities
import Synchronization

/// Attaches pods without plugins: what CNI `ptp` makes, by our own requests to the kernel.
///
/// A veth pair, the pod's address, a route to the gateway and the default route in the pod; the gateway's address and
/// the route to the pod on the node.
public final class DirectDriver: PodDriver {
    private let node: NetlinkSocket
    private let range: CIDR
    private let gateway: CIDR
    private let cpu = Mutex(0.0)

    private static let patience: UInt64 = 5_000_000_000
    private static let pause: UInt32 = 50

    /// Gives pods the addresses of a range, the first of which is the gateway's.
    public init(range: CIDR) throws(PodError) {
        guard let address = range.address(at: 1), let gateway = CIDR(address: address, prefixLength: 32) else {
            throw PodError(
                .badNetwork, operation: "give", object: "addresses of \(range)",
                cause: "the range \(range) has no room for a gateway and pods")
        }
        self.range = range
        self.gateway = gateway
        do throws(NetlinkError) {
            node = try NetlinkSocket()
        } catch {
            throw PodError(error)
        }
    }

    /// We look ourselves.
    public var hasCheck: Bool { true }

    /// There is no list.
    public let listName = "of this program"

    /// Nobody has to remember anything.
    public var state: PluginState { PluginState(directories: []) }

    /// That of the threads that carried operations out.
    public var cpuSeconds: Double { cpu.withLock { $0 } }

    /// Makes the pair, the addresses and the routes, and waits until both ends carry packets.
    public func add(_ pod: Pod) async throws(PodError) -> AddedPod {
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
            // The pod's address is a /32, so nothing but this route says that the gateway is on the link.
            try inside.addRoute(Route(destination: gateway, interface: Pod.interface))
            try inside.addRoute(Route(destination: nil, gateway: gateway.address, interface: Pod.interface))
            try node.addRoute(Route(destination: address, interface: link))
            try Self.wait(for: link, node)
            try Self.wait(for: Pod.interface, inside)
            return AddedPod(addresses: [address], start: start, end: Clock.monotonicNanoseconds())
        }
    }

    /// Reads link, address and routes back.
    public func check(_ pod: Pod) async throws(PodError) -> UInt64 {
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
                throw PodError(
                    .misplaced, operation: "check", object: "pod \(pod.number)",
                    cause: "pod \(pod.number) lacks its link, its address or its route")
            }
            return Clock.monotonicNanoseconds() - start
        }
    }

    /// Deletes one end of the pair, with which the other, the addresses and the routes go.
    public func delete(_ pod: Pod) async throws(PodError) -> UInt64 {
        try await onThread { [node] in
            let start = Clock.monotonicNanoseconds()
            try node.delete(linkNamed: Self.link(of: pod))
            return Clock.monotonicNanoseconds() - start
        }
    }

    private func address(of pod: Pod) throws(PodError) -> CIDR {
        // The network's own address and the gateway's stand before them.
        guard let address = range.address(at: UInt64(pod.number) + 2), range.contains(address),
            let single = CIDR(address: address, prefixLength: 32)
        else {
            throw PodError(
                .badNetwork, operation: "give an address to", object: "pod \(pod.number)",
                cause: "the range \(range) has no address for pod \(pod.number)")
        }
        return single
    }

    /// The first packet that is sent into a link without a queue is lost, and ARP asks again only after a second.
    private static func wait(for link: String, _ socket: NetlinkSocket) throws {
        let end = Clock.monotonicNanoseconds() + patience
        while try !socket.isOperational(linkNamed: link) {
            guard Clock.monotonicNanoseconds() < end else {
                throw PodError(
                    .timedOut, operation: "take up", object: "the link \(link)",
                    cause: "the link \(link) was taken up and carries nothing after 5 s")
            }
            usleep(pause)
        }
    }

    private static func link(of pod: Pod) -> String { "nm\(pod.number)" }

    private func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(PodError) -> Value {
        try await PlainThread.run(failure: { PodError($0) }) { [self] () throws(PodError) in
            let before = ThreadCPU.seconds()
            defer {
                let used = ThreadCPU.seconds() - before
                cpu.withLock { $0 += used }
            }
            do {
                return try body()
            } catch let error as PodError {
                throw error
            } catch {
                throw PodError(.system, operation: "ask", object: "the kernel", cause: "\(error)")
            }
        }
    }
}

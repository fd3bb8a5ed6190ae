import Glibc
import LinuxHost
import Netlink
import Quantities
import Testbed

/// Attaches pods to a node without plugins: what CNI `ptp` makes, by our own requests to the kernel.
///
/// A veth pair with an end in the node, and an address and a route of each family in both. Both ends are permanent
/// neighbours: the kernel bounds all other entries of all namespaces together (`gc_thresh3`, 1024 by default), and packets
/// beyond that are lost.
struct DirectAttacher: Sendable {
    private static let interface = PodAttacher.interface
    private static let patience: UInt64 = 5_000_000_000
    private static let pause: UInt32 = 50

    let node: Int
    let nodeNamespace: String
    let plan: AddressPlan
    let mtu: Int

    /// Attaches pods in their order, by one socket in the node; returns the addresses of each.
    func attach(_ pods: [String]) throws -> [[IPAddress]] {
        let outside = try NetlinkSocket(in: NetworkNamespace.open(named: nodeNamespace))
        let gateways = try gateways()
        var attached: [[IPAddress]] = []
        for (index, pod) in pods.enumerated() {
            attached.append(try attach(pod, as: index, gateways, outside))
        }
        return attached
    }

    private func attach(
        _ pod: String, as index: Int, _ gateways: [CIDR], _ outside: NetlinkSocket
    ) throws -> [IPAddress] {
        let namespace = try NetworkNamespace.open(named: pod)
        let inside = try NetlinkSocket(in: namespace)
        let link = "pod\(index)"
        try outside.add(
            Link(
                name: link, kind: .veth(peer: Self.interface, peerNamespace: namespace.descriptor), mtu: mtu, isUp: true
            ))
        try inside.setMTU(mtu, of: Self.interface)
        try inside.setUp(Self.interface)
        let ends = try (outside: mac(of: link, outside), inside: mac(of: Self.interface, inside))
        var addresses: [IPAddress] = []
        for gateway in gateways {
            let address = try self.address(index, gateway.address.family)
            try outside.addAddress(gateway, to: link)
            try inside.addAddress(address, to: Self.interface)
            try inside.addNeighbour(
                Neighbour(address: gateway.address, mac: ends.outside, interface: Self.interface))
            try outside.addNeighbour(Neighbour(address: address.address, mac: ends.inside, interface: link))
            // The pod's address is alone on its link, so nothing but this route says that the gateway is there, too.
            try inside.addRoute(Route(destination: gateway, interface: Self.interface))
            try inside.addRoute(
                Route(destination: nil, gateway: gateway.address, interface: Self.interface))
            try outside.addRoute(Route(destination: address, interface: link))
            addresses.append(address.address)
        }
        try wait(for: link, outside)
        try wait(for: Self.interface, inside)
        return addresses
    }

    /// The first address of each range, which every link of the node has.
    private func gateways() throws -> [CIDR] {
        try plan.families.map { try single(try plan.podRange(node, $0).address(at: 1), $0) }
    }

    /// Behind the network's own address and the gateway's.
    private func address(_ index: Int, _ family: IPAddress.Family) throws -> CIDR {
        let range = try plan.podRange(node, family)
        return try single(range.address(at: UInt64(index) + 2).flatMap { range.contains($0) ? $0 : nil }, family)
    }

    private func single(_ address: IPAddress?, _ family: IPAddress.Family) throws -> CIDR {
        guard let address, let single = CIDR(address: address, prefixLength: family.bits) else {
            throw TestbedError(
                operation: "give addresses to", object: "pods of node \(node)", cause: "its range is used up",
                nextStep: "use more nodes")
        }
        return single
    }

    private func mac(of link: String, _ socket: NetlinkSocket) throws -> MACAddress {
        guard let mac = try socket.link(named: link)?.mac else {
            throw TestbedError(operation: "read the address of", object: link, cause: "the kernel says none")
        }
        return mac
    }

    /// What is sent into a link that has just been taken up is lost.
    private func wait(for link: String, _ socket: NetlinkSocket) throws {
        let end = Clock.monotonicNanoseconds() + Self.patience
        while try !socket.isOperational(linkNamed: link) {
            guard Clock.monotonicNanoseconds() < end else {
                throw TestbedError(
                    code: .timedOut, operation: "take up", object: "the link \(link)",
                    cause: "it carries nothing after 5 s")
            }
            usleep(Self.pause)
        }
    }
}

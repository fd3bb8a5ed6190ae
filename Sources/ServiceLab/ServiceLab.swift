public import LinuxHost
import Netlink
import Quantities
public import ServiceProxies

/// The small network around a service proxy: this process's own namespace is the node, and three namespaces without a
/// name are the client, the endpoints, and where packets to dead endpoints end.
///
/// The endpoints' namespace answers for a whole range (`local` routes), so that 100,000 endpoints need no 100,000 pods.
public final class ServiceLab: Sendable {
    /// Where connections to services are made.
    public let client: NetworkNamespace
    /// Where every endpoint's address is answered.
    public let endpoints: NetworkNamespace
    private let dead: NetworkNamespace
    private let node: NetlinkSocket

    /// The node's link towards dead endpoints.
    private static let deadLink = "dead0"

    /// Makes everything in the namespace of the calling thread, which must be an empty one of this process's own.
    public init() throws(LabError) {
        do {
            let node = try NetlinkSocket()
            try Self.refuseForeign(node)
            let client = try NetworkNamespace.createUnnamed()
            let endpoints = try NetworkNamespace.createUnnamed()
            let dead = try NetworkNamespace.createUnnamed()
            try node.setUp("lo")
            try Sysctl.write("net.ipv4.ip_forward", "1", in: NetworkNamespace.current())
            try Self.join(
                node, "client0", ServiceRanges.nodeToClient, client, ServiceRanges.clientAddress, ServiceRanges.client)
            try Self.join(
                node, "endpoints0", ServiceRanges.nodeToEndpoints, endpoints, ServiceRanges.endpointsAddress,
                ServiceRanges.link)
            try Self.join(
                node, Self.deadLink, ServiceRanges.nodeToDead, dead, ServiceRanges.deadAddress, ServiceRanges.deadLink)
            let pods = ServiceRanges.endpoints.network
            try node.addRoute(Route(destination: pods, gateway: ServiceRanges.endpointsAddress.address))
            try NetlinkSocket(in: endpoints).addLocalRoute(to: pods)
            // 64,000 connections to one address and port may be open or closing at a time.
            try Sysctl.write("net.ipv4.ip_local_port_range", "1024 65535", in: client)
            self.client = client
            self.endpoints = endpoints
            self.dead = dead
            self.node = node
        } catch let failure as LabError {
            throw failure
        } catch {
            throw LabError(
                .system, operation: "make", object: "the network around the proxy",
                cause: "cannot make the network around the proxy: \(error)")
        }
    }

    // MARK: Dead endpoints

    /// Lets packets to an endpoint end nowhere, without a word to their sender, as when its node died.
    public func kill(_ address: IPv4Address) throws(LabError) {
        do throws(NetlinkError) {
            try node.addRoute(Route(destination: address.network, gateway: ServiceRanges.deadAddress.address))
        } catch {
            throw LabError(
                .system, operation: "let die", object: "the endpoint \(address)",
                cause: "cannot let the endpoint \(address) die: \(error)")
        }
    }

    /// Packets that were sent to dead endpoints, by the counter of the link towards them.
    public static func packetsToDead() -> UInt64 {
        LinkCounters.sentPackets(of: deadLink)
    }

    // MARK: Making

    private static func refuseForeign(_ node: NetlinkSocket) throws {
        // In a new namespace not even the loopback is up, and in the machine's own it always is.
        guard try node.links().allSatisfy({ !$0.isUp }) else {
            throw LabError(
                .inUse, operation: "use", object: "this network namespace",
                cause: "a service-proxy probe needs a new network namespace of its own, and this one is in use",
                nextStep: "start the agent with: unshare --net"
            )
        }
    }

    private static func join(
        _ node: NetlinkSocket,
        _ name: String,
        _ nodeAddress: IPv4Address,
        _ namespace: borrowing NetworkNamespace,
        _ address: IPv4Address,
        _ range: IPv4Range
    ) throws {
        let peer = "eth0"
        try node.add(Link(name: name, kind: .veth(peer: peer, peerNamespace: namespace.descriptor), isUp: true))
        try node.addAddress(nodeAddress.interface(in: range), to: name)
        let inside = try NetlinkSocket(in: namespace)
        try inside.setUp("lo")
        try inside.addAddress(address.interface(in: range), to: peer)
        try inside.setUp(peer)
        try inside.addRoute(Route(destination: nil, gateway: nodeAddress.address))
    }
}

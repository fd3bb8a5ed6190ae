import Contract
import LinuxHost
import Netlink
import Quantities
import Testbed

/// Joins the nodes of one network: a bridge in a namespace of its own, and a veth to each node.
///
/// Afterwards each node reaches the others' pod ranges by routes or through VXLAN, as the network's plan says.
struct FabricBuilder {
    let network: NetworkPlan
    let nodes: Int
    let addresses: AddressPlan
    let names: NamespaceNames

    private var mtu: MTU { MTU(of: network, families: addresses.families) }

    private static let bridge = "fabric0"
    private static let uplink = "eth0"
    private static let tunnel = "vxlan0"
    private static let tunnelNetwork: UInt32 = 1
    private static let tunnelPort: UInt16 = 4789

    /// Builds the fabric between namespaces that exist already.
    ///
    /// Equivalent to `ip link add … type bridge`, `ip link add … type veth peer … netns …`, `ip address add` and
    /// `ip route add` in each namespace.
    func build() throws {
        let fabric = try NetworkNamespace.open(named: names.fabric(of: network.name))
        let fabricSocket = try NetlinkSocket(in: fabric)
        try fabricSocket.setUp("lo")
        try fabricSocket.add(Link(name: Self.bridge, kind: .bridge, mtu: mtu.fabric))
        try fabricSocket.setUp(Self.bridge)
        for index in 0..<nodes {
            let node = try NetworkNamespace.open(named: namespace(ofNode: index))
            try prepareSysctls(of: node)
            let socket = try NetlinkSocket(in: node)
            try socket.setUp("lo")
            let port = "node\(index)"
            try socket.add(
                Link(
                    name: Self.uplink,
                    kind: .veth(peer: port, peerNamespace: fabric.descriptor),
                    mtu: mtu.fabric
                )
            )
            try fabricSocket.setMTU(mtu.fabric, of: port)
            try fabricSocket.setMaster(of: port, to: Self.bridge)
            try fabricSocket.setUp(port)
            for family in addresses.families {
                try socket.addAddress(addresses.node(index, family), to: Self.uplink)
            }
            try socket.setUp(Self.uplink)
            if network.podNetwork != .none {
                try connectPodRanges(of: index, through: socket)
            }
        }
    }

    private func connectPodRanges(of index: Int, through socket: NetlinkSocket) throws {
        if network.fabric == .vxlan {
            try addTunnel(of: index, through: socket)
        }
        for other in 0..<nodes where other != index {
            if network.fabric == .vxlan {
                try addTunnelPeer(other, through: socket)
            }
            for family in addresses.families {
                let overTunnel = network.fabric == .vxlan
                let gateway =
                    overTunnel
                    ? try addresses.tunnelEndpoint(other, family).address
                    : try addresses.node(other, family).address
                try socket.addRoute(
                    Route(
                        destination: try addresses.podRange(other, family),
                        gateway: gateway,
                        interface: overTunnel ? Self.tunnel : Self.uplink,
                        // A tunnel's end is a /32, so no route says by itself that it is on the link.
                        onLink: overTunnel
                    )
                )
            }
        }
    }

    private func addTunnel(of index: Int, through socket: NetlinkSocket) throws {
        let local = try addresses.node(index, outerFamily).address
        try socket.add(
            Link(
                name: Self.tunnel,
                kind: .vxlan(
                    id: Self.tunnelNetwork,
                    local: local,
                    port: Self.tunnelPort,
                    device: Self.uplink,
                    // Neighbours and forwarding entries are given below, as flannel does: nothing is learned by
                    // flooding.
                    learning: false
                ),
                mtu: mtu.pod,
                mac: tunnelMAC(of: index)
            )
        )
        for family in addresses.families {
            try socket.addAddress(addresses.tunnelEndpoint(index, family), to: Self.tunnel)
        }
        try socket.setUp(Self.tunnel)
    }

    private func addTunnelPeer(_ other: Int, through socket: NetlinkSocket) throws {
        guard let mac = tunnelMAC(of: other) else { return }
        for family in addresses.families {
            let endpoint = try addresses.tunnelEndpoint(other, family).address
            try socket.addNeighbour(Neighbour(address: endpoint, mac: mac, interface: Self.tunnel))
        }
        let remote = try addresses.node(other, outerFamily).address
        try socket.addForwarding(ForwardingEntry(mac: mac, remote: remote, interface: Self.tunnel))
    }

    /// The family of the packets that carry the tunnel: IPv4 where there is any.
    private var outerFamily: IPAddress.Family { addresses.families.contains(.ipv4) ? .ipv4 : .ipv6 }

    /// A locally administered address that says whose device it is.
    private func tunnelMAC(of index: Int) -> MACAddress? {
        // 02 is the bit for locally administered addresses; 6e 6d is `nm`.
        MACAddress(bytes: [0x02, 0x6e, 0x6d, 0x00, UInt8(index >> 8 & 0xff), UInt8(index & 0xff)])
    }

    private func namespace(ofNode index: Int) -> String {
        names.node(index, of: network.name)
    }

    /// Nodes forward, and do not wait for duplicate address detection, which delays IPv6 by a second and more.
    private func prepareSysctls(of node: borrowing NetworkNamespace) throws {
        var settings = [("net.ipv4.ip_forward", "1")]
        // Where IPv6 is turned off there is nothing to set, and nothing that asks for it.
        if addresses.families.contains(.ipv6) {
            settings += [
                ("net.ipv6.conf.all.forwarding", "1"), ("net.ipv6.conf.all.accept_dad", "0"),
                ("net.ipv6.conf.default.accept_dad", "0"),
            ]
        }
        for (key, value) in settings {
            try Sysctl.write(key, value, in: node)
        }
    }
}

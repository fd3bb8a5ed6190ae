public import Contract
public import Quantities

extension NetworkConnectivityTest {
    /// What the local testbed makes, so that what a test names is there; a cluster has all of it already.
    public struct Local: Sendable, Equatable {
        /// How pods come to their network.
        public enum Network: String, Sendable, Hashable, CaseIterable {
            case bridge, ptp, macvlan, ipvlan
        }

        /// How pods come to their network.
        public var network: Network
        /// Nodes, called `node0` and so on; pods take turns on them.
        public var nodes: Int
        /// Ports at which every pod and node listens, over TCP and UDP.
        public var ports: [Port]
        /// How services come into the kernel of every node.
        public var proxy: ProxyMode
        /// What is known of services; one that is named as a destination only has two pods of its own.
        public var services: [LocalService]
        /// Addresses outside that the fabric stands in for.
        public var external: [IPAddress]
        /// What is kept from pods, as a policy would.
        public var blocks: [Block]

        /// Describes what is made.
        public init(
            network: Network = .bridge, nodes: Int = 2, ports: [Port] = Local.usualPorts, proxy: ProxyMode = .nftables,
            services: [LocalService] = [], external: [IPAddress] = [], blocks: [Block] = []
        ) {
            self.network = network
            self.nodes = nodes
            self.ports = ports
            self.proxy = proxy
            self.services = services
            self.external = external
            self.blocks = blocks
        }

        /// Where people expect somebody to listen.
        public static let usualPorts = [Port(number: 80)].compactMap(\.self)
        /// The most pods on a node: what fits into its range of addresses.
        public static let podsOnNode = 250
    }
}

extension NetworkConnectivityTest.Local {
    private enum Key: String, CaseIterable {
        case network, nodes, ports, proxy, services, external, blocks
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let network = keyed.read(.network, default: .bridge) { $0.choice(Network.self) }
        let nodes = keyed.read(.nodes, default: 2) { $0.integer(in: 1...64) }
        let ports = keyed.read(.ports, default: Self.usualPorts) {
            $0.list("ports")?.distinct { $0.quantity(Port.self) }
        }
        let proxy = keyed.read(.proxy, default: .nftables) { $0.choice(ProxyMode.self) }
        let services = keyed.read(.services, default: []) {
            $0.list("services")?.distinct(by: \.name, naming: { "the service \($0.name)" }) {
                NetworkConnectivityTest.LocalService(reading: $0)
            }
        }
        let external = keyed.read(.external, default: []) {
            $0.list("addresses")?.distinct { $0.quantity(IPAddress.self) }
        }
        let blocks = keyed.read(.blocks, default: []) {
            $0.list("blocks")?.distinct(by: \.self, naming: { "the block to \($0.to)" }) {
                NetworkConnectivityTest.Block(reading: $0)
            }
        }
        guard let network, let nodes, let ports, let proxy, let services, let external, let blocks else { return nil }
        if ports.count > 64 { keyed[.ports]?.fail("expected at most 64 ports, found \(ports.count)") }
        self.init(
            network: network, nodes: nodes, ports: ports, proxy: proxy, services: services, external: external,
            blocks: blocks)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "network": .string(network.rawValue),
            "nodes": .integer(nodes),
            "ports": .list(ports.map { .integer(Int($0.number)) }),
            "proxy": .string(proxy.rawValue),
            "services": services.isEmpty ? nil : .list(services.map(\.canonical)),
            "external": external.isEmpty ? nil : .list(external.map { .text($0) }),
            "blocks": blocks.isEmpty ? nil : .list(blocks.map(\.canonical)),
        ])
    }
}

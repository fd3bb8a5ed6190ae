public import Contract
public import Quantities

extension NetworkConnectivityTest {
    /// What the local testbed makes, so that what a test names is there; a cluster has all of it already.
    public struct Local: Sendable, Equatable {
        /// How pods come to their network.
        public enum Network: String, Sendable, Hashable, CaseIterable {
            /// Veth pairs made by netlink, without plugins.
            case netlink
            /// CNI plugins.
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
        /// What is known of pods, so that they can be selected.
        public var pods: [LocalPod]
        /// Names that the name server knows beside those of services and pods.
        public var names: [String: IPAddress]

        /// Describes what is made.
        public init(
            network: Network = .netlink, nodes: Int = 2, ports: [Port] = Local.usualPorts, proxy: ProxyMode = .nftables,
            services: [LocalService] = [], external: [IPAddress] = [], blocks: [Block] = [],
            pods: [LocalPod] = [], names: [String: IPAddress] = [:]
        ) {
            self.network = network
            self.nodes = nodes
            self.ports = ports
            self.proxy = proxy
            self.services = services
            self.external = external
            self.blocks = blocks
            self.pods = pods
            self.names = names
        }

        /// Where people expect somebody to listen.
        public static let usualPorts = [Port(number: 80)].compactMap(\.self)
        /// The most pods on a node: what fits into its range of addresses.
        public static let podsOnNode = 250
    }
}

extension NetworkConnectivityTest.Local {
    private enum Key: String, CaseIterable {
        case network, nodes, ports, proxy, services, external, blocks, pods, names
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let network = keyed.read(.network, default: .netlink) { $0.choice(Network.self) }
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
        let pods = keyed.read(.pods, default: []) {
            $0.list("pods")?.distinct(by: \.name, naming: { "the pod \($0.name)" }) {
                NetworkConnectivityTest.LocalPod(reading: $0)
            }
        }
        let names = keyed.read(.names, default: [:]) { Self.names($0) }
        guard let network, let nodes, let ports, let proxy, let services, let external, let blocks, let pods, let names
        else { return nil }
        if ports.count > 64 { keyed[.ports]?.fail("expected at most 64 ports, found \(ports.count)") }
        self.init(
            network: network, nodes: nodes, ports: ports, proxy: proxy, services: services, external: external,
            blocks: blocks, pods: pods, names: names)
    }

    /// Names with their addresses, each written as name servers see it.
    private static func names(_ reader: NodeReader) -> [String: IPAddress]? {
        guard let found = reader.dictionary({ $0.quantity(IPAddress.self) }) else { return nil }
        var names: [String: IPAddress] = [:]
        for (text, address) in found.sorted(by: { $0.key < $1.key }) {
            guard let name = try? DNSName(text) else {
                reader.fail("\(text) is no name: letters, digits, - and _, with dots between them")
                return nil
            }
            guard names.updateValue(address, forKey: name.description) == nil else {
                reader.fail("the name \(name) is there twice; names are the same whatever their case")
                return nil
            }
        }
        return names
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
            "pods": pods.isEmpty ? nil : .list(pods.map(\.canonical)),
            "names": names.isEmpty ? nil : .object(names.mapValues { .text($0) }),
        ])
    }
}

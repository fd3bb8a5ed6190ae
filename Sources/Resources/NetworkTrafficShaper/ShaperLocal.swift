extension NetworkTrafficShaper {
    /// What the local testbed makes, or what a lab has.
    public struct Local: Sendable, Equatable {
        /// A pod.
        public struct Pod: Sendable, Equatable {
            /// Its name.
            public var name: Reference
            /// Its labels, by which selectors choose.
            public var labels: [String: String]
            /// The node that it stands on, counted from 0; nil takes turns.
            public var node: Int?

            /// A pod.
            public init(name: Reference, labels: [String: String] = [:], node: Int? = nil) {
                self.name = name
                self.labels = labels
                self.node = node
            }
        }

        /// How pods come to their network.
        public var network: NetworkConnectivityTest.Local.Network
        /// Nodes, called `node0` and so on.
        public var nodes: Int
        /// The pods; those that are named elsewhere only are made, too.
        public var pods: [Pod]

        /// Describes what is made.
        public init(network: NetworkConnectivityTest.Local.Network = .bridge, nodes: Int = 2, pods: [Pod] = []) {
            self.network = network
            self.nodes = nodes
            self.pods = pods
        }
    }
}

extension NetworkTrafficShaper.Local {
    private enum Key: String, CaseIterable {
        case network, nodes, pods
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let network = keyed.read(.network, default: .bridge) { $0.choice(NetworkConnectivityTest.Local.Network.self) }
        let nodes = keyed.read(.nodes, default: 2) { $0.integer(in: 1...64) }
        let pods = keyed.read(.pods, default: []) {
            $0.list("pods, such as {name: web-0, labels: {app: web}}")?.distinct(
                by: \.name, naming: { "the pod \($0.name)" }
            ) { Pod(reading: $0) }
        }
        guard let network, let nodes, let pods else { return nil }
        self.init(network: network, nodes: nodes, pods: pods)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "network": .string(network.rawValue),
            "nodes": .integer(nodes),
            "pods": pods.isEmpty ? nil : .list(pods.map(\.canonical)),
        ])
    }
}

extension NetworkTrafficShaper.Local.Pod {
    private enum Key: String, CaseIterable {
        case name, namespace, labels, node
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let name = keyed.require(.name, "the name of a pod") { $0.objectName() }
        let namespace = keyed.read(.namespace, default: NetworkTrafficShaper.Reference.usual) { $0.objectName() }
        let labels = keyed.read(.labels, default: [:]) { $0.dictionary { $0.string("the value of a label") } }
        let node: Int? = keyed[.node]?.integer(in: 0...63)
        guard let name, let namespace, let labels else { return nil }
        self.init(name: .init(name, namespace: namespace), labels: labels, node: node)
    }

    var canonical: CanonicalValue {
        .object(
            present: name.canonical.mapValues { Optional($0) }.merging([
                "labels": labels.isEmpty ? nil : .object(labels.mapValues { .string($0) }),
                "node": node.map { .integer($0) },
            ]) { value, _ in value })
    }
}

extension NetworkConnectivityTest {
    /// Where checks start.
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// In a pod; in its container of that name, where there are several.
        case pod(Reference, container: String?)
        /// On a node, in its own network.
        case node(String)
        /// In each of some pods.
        case pods(PodSelector)

        /// The name, as a level of the factor `source`.
        public var description: String {
            switch self {
            case .pod(let pod, _): pod.description
            case .node(let name): name
            case .pods(let selector): selector.description
            }
        }
    }
}

extension NetworkConnectivityTest.Source {
    private enum Kind: String, CaseIterable {
        case pod, node
    }

    private enum Key: String, CaseIterable {
        case kind, name, namespace, container, selector
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let kind = keyed.read(.kind, default: .pod) { $0.choice(Kind.self) }
        if let selector = keyed[.selector], kind == .pod {
            for key in [Key.name, .container] {
                keyed[key]?.fail("pods are selected already; leave \(key.rawValue) out")
            }
            let namespace = keyed.read(.namespace, default: NetworkConnectivityTest.Reference.usual) { $0.objectName() }
            guard let namespace,
                let selected = NetworkConnectivityTest.PodSelector(reading: selector, namespace: namespace)
            else { return nil }
            self = .pods(selected)
            return
        }
        let name = keyed.require(.name, "the name of a pod or a node") { $0.objectName() }
        let namespace = keyed.read(.namespace, default: NetworkConnectivityTest.Reference.usual) { $0.objectName() }
        let container = keyed.read(.container, default: "") { $0.string("the name of a container, or \"\"") }
        guard let kind, let name, let namespace, let container else { return nil }
        switch kind {
        case .pod:
            self = .pod(
                NetworkConnectivityTest.Reference(name, namespace: namespace),
                container: container.isEmpty ? nil : container)
        case .node:
            for key in [Key.namespace, .container, .selector] {
                keyed[key]?.fail("a node has no \(key.rawValue); leave it out")
            }
            self = .node(name)
        }
    }

    var canonical: CanonicalValue {
        switch self {
        case .pod(let pod, let container):
            .object(
                present: pod.canonical.merging(["kind": .string("pod")]) { value, _ in value }
                    .mapValues { Optional($0) }
                    .merging(["container": container.map { .string($0) }]) { value, _ in value })
        case .node(let name): .object(["kind": .string("node"), "name": .string(name)])
        case .pods(let selector):
            .object([
                "kind": .string("pod"), "namespace": .string(selector.namespace), "selector": selector.canonical,
            ])
        }
    }
}

extension NetworkConnectivityTest {
    /// What the local testbed knows of a pod beside its name.
    public struct LocalPod: Sendable, Hashable {
        /// The pod.
        public var name: Reference
        /// What it is selected by.
        public var labels: [String: String]

        /// Describes a pod.
        public init(_ name: Reference, labels: [String: String] = [:]) {
            self.name = name
            self.labels = labels
        }
    }
}

extension NetworkConnectivityTest.LocalPod {
    private enum Key: String, CaseIterable {
        case name, namespace, labels
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let name = keyed.require(.name, "the name of a pod") { $0.objectName() }
        let namespace = keyed.read(.namespace, default: NetworkConnectivityTest.Reference.usual) { $0.objectName() }
        let labels = keyed.read(.labels, default: [:]) { $0.labels() }
        guard let name, let namespace, let labels else { return nil }
        self.init(NetworkConnectivityTest.Reference(name, namespace: namespace), labels: labels)
    }

    var canonical: CanonicalValue {
        .object(
            name.canonical.merging(labels.isEmpty ? [:] : ["labels": .object(labels.mapValues { .string($0) })]) {
                value, _ in value
            })
    }
}

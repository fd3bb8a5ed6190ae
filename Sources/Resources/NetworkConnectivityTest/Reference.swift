extension NetworkConnectivityTest {
    /// The name of something in a namespace of Kubernetes.
    public struct Reference: Sendable, Hashable, CustomStringConvertible {
        /// The namespace, `default` unless it is said.
        public var namespace: String
        /// The name.
        public var name: String

        /// Names something.
        public init(_ name: String, namespace: String = Reference.usual) {
            self.name = name
            self.namespace = namespace
        }

        /// The namespace that needs no mention.
        public static let usual = "default"

        /// The name, behind its namespace's where that is not the usual one.
        public var description: String { namespace == Self.usual ? name : "\(namespace)/\(name)" }

        var canonical: [String: CanonicalValue] { ["name": .string(name), "namespace": .string(namespace)] }
    }
}

extension NodeReader {
    /// The name of a pod, a service or a namespace.
    func objectName() -> String? { name(maximumLength: 63) }
}

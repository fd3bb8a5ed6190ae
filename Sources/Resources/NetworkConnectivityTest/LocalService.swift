public import Quantities

extension NetworkConnectivityTest {
    /// What the local testbed makes of a service.
    public struct LocalService: Sendable, Equatable {
        /// The service.
        public var name: Reference
        /// The pods behind it.
        public var endpoints: [Reference]
        /// The port of the endpoints; nil is the one that a destination asks for.
        public var targetPort: Port?

        /// Describes a service.
        public init(name: Reference, endpoints: [Reference], targetPort: Port? = nil) {
            self.name = name
            self.endpoints = endpoints
            self.targetPort = targetPort
        }

        /// A service with pods of its own, called after it.
        public init(name: Reference, pods: Int = 2, targetPort: Port? = nil) {
            self.init(
                name: name,
                endpoints: (0..<pods).map { Reference("\(name.name)-\($0)", namespace: name.namespace) },
                targetPort: targetPort)
        }
    }
}

extension NetworkConnectivityTest.LocalService {
    private enum Key: String, CaseIterable {
        case name, namespace, endpoints, pods, targetPort
    }

    init?(reading reader: NodeReader) {
        typealias Reference = NetworkConnectivityTest.Reference
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let name = keyed.require(.name, "the name of a service") { $0.objectName() }
        let namespace = keyed.read(.namespace, default: Reference.usual) { $0.objectName() }
        let endpoints = keyed[.endpoints]?.list("names of pods")?.distinct { $0.objectName() }
        let pods = keyed.read(.pods, default: 2) { $0.integer(in: 1...100) }
        let targetPort: Port? = keyed[.targetPort]?.quantity()
        guard let name, let namespace, let pods else { return nil }
        if keyed[.endpoints] != nil {
            keyed[.pods]?.fail("the endpoints are named already; leave one of the two out")
        }
        let reference = Reference(name, namespace: namespace)
        if let endpoints {
            self.init(
                name: reference, endpoints: endpoints.map { Reference($0, namespace: namespace) },
                targetPort: targetPort)
        } else {
            self.init(name: reference, pods: pods, targetPort: targetPort)
        }
    }

    var canonical: CanonicalValue {
        .object(
            present: name.canonical.mapValues { Optional($0) }.merging([
                "endpoints": .list(endpoints.map { .string($0.name) }),
                "targetPort": targetPort.map { .integer(Int($0.number)) },
            ]) { value, _ in value })
    }
}

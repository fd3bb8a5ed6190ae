public import Contract
public import Quantities

extension NetworkConnectivityTest {
    /// A name that a name server is asked for.
    public struct NamedTarget: Sendable, Hashable, CustomStringConvertible {
        /// The whole name, in lower case and without the dot at its end.
        public var name: String
        /// What is asked of it on layer 7; on the others it is an address of the family.
        public var type: NameType
        /// The name server; nil is the cluster's own.
        public var server: IPAddress?

        /// Names something.
        public init(_ name: String, type: NameType = .a, server: IPAddress? = nil) {
            self.name = name
            self.type = type
            self.server = server
        }

        /// The name, with what is not usual behind it: `shop.default.svc.cluster.local SRV at 10.0.0.1`.
        public var description: String {
            name + (type == .a ? "" : " \(type.rawValue)") + (server.map { " at \($0)" } ?? "")
        }

        /// The service that the name is of in a cluster: `NAME.NAMESPACE.svc.cluster.local`.
        public var service: Reference? { reference("svc") }

        /// The pod that the name is of on the local testbed: `NAME.NAMESPACE.pod.cluster.local`.
        public var pod: Reference? { reference("pod") }

        private func reference(_ kind: String) -> Reference? {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 5, Array(parts[2...]) == [kind, "cluster", "local"] else { return nil }
            return Reference(parts[0], namespace: parts[1])
        }

        var canonical: [String: CanonicalValue] {
            var values: [String: CanonicalValue] = ["name": .string(name)]
            if type != .a { values["type"] = .string(type.rawValue) }
            values["server"] = server.map { .text($0) }
            return values
        }
    }
}

extension NetworkConnectivityTest.Destination {
    /// The service that it is, by either of its names.
    public var service: NetworkConnectivityTest.Reference? {
        switch target {
        case .service(let name): name
        case .name(let name) where name.server == nil: name.service
        default: nil
        }
    }

    /// The pod that it is, by either of its names.
    public var pod: NetworkConnectivityTest.Reference? {
        switch target {
        case .pod(let name): name
        case .name(let name) where name.server == nil: name.pod
        default: nil
        }
    }
}

extension NodeReader {
    /// A whole domain name.
    func domainName() -> String? {
        guard let text = string("a whole name") else { return nil }
        do throws(DNSProblem) {
            return try DNSName(text).description
        } catch {
            fail("\(error), found \(text)")
            return nil
        }
    }
}

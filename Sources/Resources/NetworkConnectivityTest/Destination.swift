import Contract
public import Quantities

extension NetworkConnectivityTest {
    /// Where checks go, and what is expected of them.
    public struct Destination: Sendable, Hashable {
        /// What it is.
        public enum Target: Sendable, Hashable, CustomStringConvertible {
            /// A pod, at its own address.
            case pod(Reference)
            /// Any address.
            case address(IPAddress)
            /// A service: its virtual address, and each of its endpoints.
            case service(Reference)
            /// A node, at its own address.
            case node(String)
            /// An address outside of the cluster.
            case external(IPAddress)
            /// What a name server says that the name is; or, on layer 7, the name itself.
            case name(NamedTarget)
            /// Each of some pods.
            case pods(PodSelector)

            /// The name or the address.
            public var description: String {
                switch self {
                case .pod(let name), .service(let name): name.description
                case .address(let address), .external(let address): address.description
                case .node(let name): name
                case .name(let name): name.description
                case .pods(let selector): selector.description
                }
            }
        }

        /// What it is.
        public var target: Target
        /// The port, on layer 4.
        public var port: Port?
        /// What is asked for by HTTP; nil is `/`.
        public var path: String?
        /// The status that is expected of it; nil is 200.
        public var status: Int?
        /// What its checks have to come to; nil is to be reached, but for virtual addresses on layer 3, which are shown only.
        public var expect: Expectation?

        /// A destination.
        public init(
            _ target: Target, port: Port? = nil, expect: Expectation? = nil, path: String? = nil, status: Int? = nil
        ) {
            self.path = path
            self.status = status
            self.target = target
            self.port = port
            self.expect = expect
        }

        /// The target with its port and path: `demo-pod-2:80/health`.
        public var label: String { NetworkConnectivityTest.label(target.description, port) + (path ?? "") }
    }

    /// A name with a port behind it, where there is one.
    public static func label(_ name: String, _ port: Port?) -> String {
        guard let port else { return name }
        return name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
    }
}

extension NetworkConnectivityTest.Destination {
    private enum Kind: String, CaseIterable {
        case pod, ip, service, node, external, name
    }

    private enum Key: String, CaseIterable {
        case kind, name, namespace, container, ip, port, expect, selector, type, server, path, status
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let words = Kind.allCases.map(\.rawValue).joined(separator: ", ")
        let port: Port? = keyed[.port]?.quantity()
        let expect = keyed[.expect]?.choice(NetworkConnectivityTest.Expectation.self)
        guard let kind = keyed.require(.kind, "one of \(words)", { $0.choice(Kind.self) }),
            let target = Self.target(kind, keyed)
        else { return nil }
        let path = keyed[.path]?.requestPath()
        let status = keyed[.status]?.integer(in: 100...599)
        self.init(target, port: port, expect: expect, path: path, status: status)
    }

    private static func target(_ kind: Kind, _ keyed: KeyedReader<Key>) -> Target? {
        switch kind {
        case .ip, .external:
            refuse([.name, .namespace, .container, .selector, .type, .server], for: kind, keyed)
            let address: IPAddress? = keyed.require(.ip, IPAddress.expectation) { $0.quantity() }
            return address.map { kind == .ip ? .address($0) : .external($0) }
        case .node:
            refuse([.ip, .namespace, .container, .selector, .type, .server], for: kind, keyed)
            return keyed.require(.name, "the name of a node") { $0.objectName() }.map { .node($0) }
        case .name:
            refuse([.ip, .namespace, .container, .selector], for: kind, keyed)
            return named(keyed).map { .name($0) }
        case .pod where keyed[.selector] != nil:
            refuse([.ip, .name, .container, .type, .server], for: kind, keyed, "whose pods are selected")
            let namespace = keyed.read(.namespace, default: NetworkConnectivityTest.Reference.usual) { $0.objectName() }
            guard let namespace, let selector = keyed[.selector] else { return nil }
            return NetworkConnectivityTest.PodSelector(reading: selector, namespace: namespace).map { .pods($0) }
        case .pod, .service:
            refuse((kind == .pod ? [] : [.container]) + [.ip, .selector, .type, .server], for: kind, keyed)
            let name = keyed.require(.name, "the name of a \(kind.rawValue)") { $0.objectName() }
            let namespace = keyed.read(.namespace, default: NetworkConnectivityTest.Reference.usual) { $0.objectName() }
            guard let name, let namespace else { return nil }
            let reference = NetworkConnectivityTest.Reference(name, namespace: namespace)
            return kind == .pod ? .pod(reference) : .service(reference)
        }
    }

    private static func named(_ keyed: KeyedReader<Key>) -> NetworkConnectivityTest.NamedTarget? {
        let name = keyed.require(.name, "a whole name, such as shop.default.svc.cluster.local") { $0.domainName() }
        let type = keyed.read(.type, default: NameType.a) { $0.choice(NameType.self) }
        let server: IPAddress? = keyed[.server]?.quantity()
        guard let name, let type else { return nil }
        return NetworkConnectivityTest.NamedTarget(name, type: type, server: server)
    }

    private static func refuse(_ keys: [Key], for kind: Kind, _ keyed: KeyedReader<Key>, _ more: String = "") {
        for key in keys {
            let words = more.isEmpty ? "" : " \(more)"
            keyed[key]?.fail("a destination of kind \(kind.rawValue)\(words) has no \(key.rawValue); leave it out")
        }
    }

    var canonical: CanonicalValue {
        let (kind, keys): (Kind, [String: CanonicalValue]) =
            switch target {
            case .pod(let name): (.pod, name.canonical)
            case .service(let name): (.service, name.canonical)
            case .address(let address): (.ip, ["ip": .text(address)])
            case .external(let address): (.external, ["ip": .text(address)])
            case .node(let name): (.node, ["name": .string(name)])
            case .name(let name): (.name, name.canonical)
            case .pods(let selector):
                (.pod, ["namespace": .string(selector.namespace), "selector": selector.canonical])
            }
        return .object(
            present: keys.mapValues { Optional($0) }.merging([
                "kind": .string(kind.rawValue),
                "port": port.map { .integer(Int($0.number)) },
                "path": path.map { .string($0) },
                "status": status.map { .integer($0) },
                "expect": expect.map { .string($0.rawValue) },
            ]) { value, _ in value })
    }
}

extension NodeReader {
    /// The path of a request, which is written as it is sent.
    func requestPath() -> String? {
        guard let text = string("a path") else { return nil }
        guard text.hasPrefix("/"), text.utf8.count <= 1_000,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else {
            fail("expected a path that begins with / and has letters of ASCII without spaces and #, found \(text)")
            return nil
        }
        return text
    }
}

public import Contract

extension NetworkTrafficShaper {
    /// Links that are changed, and what is done to them.
    public struct Target: Sendable, Equatable {
        /// Whose links.
        public enum Subject: Sendable, Hashable {
            /// A pod's; in its container of that name, where there are several.
            case pod(Reference, container: String?)
            /// Those of pods with these labels.
            case pods(NetworkConnectivityTest.PodSelector)
            /// A node's own.
            case node(String)
        }

        /// Whose links.
        public var subject: Subject
        /// The interface there.
        public var interface: String
        /// What is done to the link.
        public var change: NamedCondition
        /// Packets that are changed; empty for all of them.
        public var filters: [Filter]
        /// Packets that are left alone in any case.
        public var exempt: [Filter]

        /// A target.
        public init(
            _ subject: Subject, interface: String = "eth0", change: NamedCondition, filters: [Filter] = [],
            exempt: [Filter] = []
        ) {
            self.subject = subject
            self.interface = interface
            self.change = change
            self.filters = filters
            self.exempt = exempt
        }
    }
}

extension NetworkTrafficShaper.Target {
    enum Key: String, CaseIterable {
        case kind, name, namespace, container, selector, targetSelector, interface, configuration, filters, exempt
    }

    private enum Kind: String, CaseIterable {
        case pod, node, selector
    }

    /// Reads a target: its own keys, and those of a condition's link.
    init?(reading reader: NodeReader) {
        let shared = NamedCondition.linkKeys.filter { !Key.allCases.map(\.rawValue).contains($0) }
        guard let (own, rest) = reader.split(Key.self, and: shared), let keyed = own.keyed(by: Key.self) else {
            return nil
        }
        let problems = reader.problems.count
        let subject = Self.subject(keyed)
        let filters = keyed.read(.filters, default: []) { NetworkTrafficShaper.Filter.list(reading: $0) }
        let exempt = keyed.read(.exempt, default: []) { NetworkTrafficShaper.Filter.list(reading: $0) }
        let seeds = keyed[.configuration].flatMap { SeedConfiguration(reading: $0) }
        if keyed[.configuration] != nil, case .mapping(let entries) = rest.node.value, let entry = entries.first {
            keyed[.configuration]?.fail("\(entry.key) says the same another way; leave one of the two out")
        }
        if seeds != nil { keyed[.interface]?.fail("the configuration names a device; leave one of the two out") }
        let interface = keyed.read(.interface, default: seeds?.device ?? "eth0") {
            $0.string("the name of an interface")
        }
        let change = NamedCondition(reading: seeds?.reader(rest) ?? rest, named: "shaping", .links)
        guard let subject, let filters, let exempt, let interface, let change, reader.problems.count == problems else {
            return nil
        }
        if interface == "lo" {
            (keyed[.interface] ?? keyed[.configuration] ?? reader).fail(
                "the loopback is what a pod speaks to itself through, and nobody else; name another interface")
        }
        self.init(subject, interface: interface, change: change, filters: filters, exempt: exempt)
        check(keyed, reader)
    }

    private func check(_ keyed: KeyedReader<Key>, _ reader: NodeReader) {
        switch conditions().count {
        case 0:
            reader.fail("changes nothing; say what becomes of packets, such as delay: 10ms, loss: 1% or block: drop")
        case 1: break
        default:
            reader.fail(
                "does several things: what a bad link does (delay, loss and such), block, blackHoleAbove, dns, link and "
                    + "conntrack are proven one at a time; take another target for the other one")
        }
        if change.isDNSDead || change.isLinkDown || change.isConntrackFull {
            for key in [Key.filters, .exempt] {
                keyed[key]?.fail(
                    "means nothing where the link is down, queries for names vanish or the connection tracker is full; "
                        + "leave it out")
            }
        }
        if change.isConntrackFull {
            keyed[.interface]?.fail("the connection tracker is that of all interfaces; leave it out")
        }
    }

    /// What is done, with filters whose peers were looked up.
    public func conditions(
        filters: [TrafficFilter] = [], exempt: [TrafficFilter] = [], replacesForeign: Bool = false
    ) -> [any Condition] {
        change.linkConditions(
            on: interface, filters: filters, exempt: exempt, replacesForeign: replacesForeign)
    }

    private static func subject(_ keyed: KeyedReader<Key>) -> Subject? {
        let kind = keyed.read(
            .kind, default: keyed[.selector] ?? keyed[.targetSelector] == nil ? .pod : .selector
        ) { $0.choice(Kind.self) }
        let namespace = keyed.read(.namespace, default: NetworkTrafficShaper.Reference.usual) { $0.objectName() }
        let container = keyed.read(.container, default: "") { $0.string("the name of a container, or \"\"") }
        guard let kind, let namespace, let container else { return nil }
        let selector = keyed[.selector] ?? keyed[.targetSelector]
        if keyed[.selector] != nil { keyed[.targetSelector]?.fail("there is a selector already; leave it out") }
        switch kind {
        case .pod where selector == nil, .node:
            selector?.fail("a node is named; leave the selector out")
            guard let name = keyed.require(.name, "the name of a \(kind.rawValue)", { $0.objectName() }) else {
                return nil
            }
            guard kind == .node else {
                return .pod(.init(name, namespace: namespace), container: container.isEmpty ? nil : container)
            }
            for key in [Key.namespace, .container] { keyed[key]?.fail("a node has no \(key.rawValue); leave it out") }
            return .node(name)
        case .pod, .selector:
            keyed[.name]?.fail("there is a selector, too; leave one of the two out")
            guard let selector else {
                keyed.failMissing(.selector, "the key is missing; expected the labels of pods")
                return nil
            }
            guard let read = NetworkConnectivityTest.PodSelector(reading: selector, namespace: namespace) else {
                return nil
            }
            // It would do as Kubernetes has it, and is seldom meant where something is broken.
            if read.labels.isEmpty, read.expressions.isEmpty {
                selector.fail("selects everything; say matchLabels or matchExpressions")
            }
            return .pods(read)
        }
    }

    var canonical: CanonicalValue {
        var members: [String: CanonicalValue?] = [
            "interface": change.isConntrackFull ? nil : .string(interface)
        ]
        switch subject {
        case .pod(let pod, let container):
            members["kind"] = .string(Kind.pod.rawValue)
            members.merge(pod.canonical.mapValues { Optional($0) }) { value, _ in value }
            members["container"] = container.map { .string($0) }
        case .pods(let selector):
            members["kind"] = .string(Kind.pod.rawValue)
            members["namespace"] = .string(selector.namespace)
            members["selector"] = selector.canonical
        case .node(let name):
            members["kind"] = .string(Kind.node.rawValue)
            members["name"] = .string(name)
        }
        if case .object(let change) = change.canonical {
            for (key, value) in change where key != "name" && key != "end" { members[key] = value }
        }
        members["filters"] = filters.isEmpty ? nil : .list(filters.map(\.canonical))
        members["exempt"] = exempt.isEmpty ? nil : .list(exempt.map(\.canonical))
        return .object(present: members)
    }
}

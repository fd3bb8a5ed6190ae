public import Quantities

extension NetworkConnectivityTest {
    /// Packets that the local testbed keeps from a pod, as a policy would.
    public struct Block: Sendable, Hashable {
        /// What becomes of them.
        public enum Action: String, Sendable, Hashable, CaseIterable {
            /// They vanish.
            case drop
            /// Whoever sent them is told.
            case reject
        }

        /// The pod that they are kept from.
        public var to: Reference
        /// The pod that sends them; nil is everyone.
        public var from: Reference?
        /// The port that they are for; nil is every one, and echo requests, too.
        public var port: Port?
        /// What becomes of them.
        public var action: Action

        /// Describes a block.
        public init(to: Reference, from: Reference? = nil, port: Port? = nil, action: Action = .drop) {
            self.to = to
            self.from = from
            self.port = port
            self.action = action
        }
    }
}

extension NetworkConnectivityTest.Block {
    private enum Key: String, CaseIterable {
        case to, from, port, action
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let to = keyed.require(.to, "the name of a pod") { Self.reference($0) }
        let from = keyed[.from].flatMap { Self.reference($0) }
        let port: Port? = keyed[.port]?.quantity()
        let action = keyed.read(.action, default: .drop) { $0.choice(Action.self) }
        guard let to, let action else { return nil }
        self.init(to: to, from: from, port: port, action: action)
    }

    /// `name` or `namespace/name`.
    private static func reference(_ reader: NodeReader) -> NetworkConnectivityTest.Reference? {
        guard let text = reader.string("the name of a pod") else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
            reader.fail(expected: "the name of a pod, or its namespace, a slash and its name")
            return nil
        }
        return parts.count == 1
            ? NetworkConnectivityTest.Reference(parts[0])
            : NetworkConnectivityTest.Reference(parts[1], namespace: parts[0])
    }

    var canonical: CanonicalValue {
        .object(present: [
            "to": .text(to),
            "from": from.map { .text($0) },
            "port": port.map { .integer(Int($0.number)) },
            "action": .string(action.rawValue),
        ])
    }
}

extension CNIPerformance {
    /// How many clients measure at once, and how many servers they go to: a level of the factor `pairs`.
    ///
    /// As many of both are pairs beside each other, several clients of one server are an incast, and one client of several servers
    /// fans out.
    public struct Pairs: Sendable, Hashable, CustomStringConvertible {
        /// Pods that ask, 1 to 64.
        public let clients: Int
        /// Pods that answer, 1 to 64.
        public let servers: Int

        /// As many clients as servers, or one of either.
        public init?(clients: Int, servers: Int) {
            let range = 1...64
            guard range.contains(clients), range.contains(servers), clients == servers || clients == 1 || servers == 1
            else { return nil }
            self.clients = clients
            self.servers = servers
        }

        /// The word in YAML: `4-1`.
        public init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            // Each number has one spelling, so that no level stands there twice.
            guard parts.count == 2, let clients = Int(parts[0]), let servers = Int(parts[1]),
                "\(clients)-\(servers)" == text
            else { return nil }
            self.init(clients: clients, servers: servers)
        }

        private init(one: Int) { (clients, servers) = (one, one) }

        /// One client and one server.
        public static let single = Pairs(one: 1)

        /// How many measure at once.
        public var count: Int { max(clients, servers) }

        /// The word in YAML.
        public var description: String { "\(clients)-\(servers)" }
    }
}

extension CNIPerformance.Pairs {
    private static let expectation =
        "clients and servers such as 1-1, 4-4, 4-1 or 1-4, at most 64 each, as many of both or one of either"

    static func list(reading reader: NodeReader) -> [CNIPerformance.Pairs]? {
        reader.list(expectation)?.distinct { reader in
            guard let text = reader.text(expectation) else { return nil }
            guard let pairs = CNIPerformance.Pairs(text) else {
                reader.fail(expected: expectation)
                return nil
            }
            return pairs
        }
    }
}

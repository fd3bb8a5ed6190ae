public import Quantities

/// What a plugin made: interfaces, addresses, routes and name servers, in the form of 0.3.0 and later.
public struct CNIResult: Sendable, Hashable {
    /// One interface that was made.
    public struct Interface: Sendable, Hashable {
        /// As `ip link` shows it in its namespace; empty where the plugin gave none.
        public let name: String
        /// Its hardware address, if it has one.
        public let mac: MACAddress?
        /// The path of the namespace it is in, or nil when it is on the host.
        public let sandbox: String?
    }

    /// One address that was assigned.
    public struct Address: Sendable, Hashable {
        /// The address with the length of its prefix.
        public let address: CIDR
        /// The default gateway of its network, if it has one.
        public let gateway: IPAddress?
        /// The index of its interface in `interfaces`, if that is told.
        public let interface: Int?
    }

    /// One route that was added.
    public struct Route: Sendable, Hashable {
        /// The destination.
        public let dst: CIDR
        /// The next hop; without it, the gateway of the address of the same family.
        public let gw: IPAddress?
    }

    /// What a resolver needs.
    public struct DNS: Sendable, Hashable {
        /// The addresses of name servers, in order.
        public let nameservers: [String]
        /// The local domain.
        public let domain: String?
        /// The domains to search, in order.
        public let search: [String]
        /// Options for the resolver.
        public let options: [String]
    }

    /// The version of the specification the result has the form of.
    public let cniVersion: String
    /// Interfaces in the order of the result, which addresses refer to by index.
    public let interfaces: [Interface]
    /// The addresses.
    public let ips: [Address]
    /// Routes inside the container, in the order of the result.
    public let routes: [Route]
    /// The name servers.
    public let dns: DNS

    /// The result as the plugin wrote it, members unknown here included, in the version of the network.
    ///
    /// The next plugin gets this.
    public let document: JSONValue

    /// What the specification wants otherwise and runtimes let pass, such as "result without cniVersion".
    public let deviations: [String]

    /// The addresses inside the container: those of sandboxed interfaces and those without an interface.
    public var containerAddresses: [CIDR] {
        ips.filter { ip in
            guard let index = ip.interface else { return true }
            return interfaces[index].sandbox != nil
        }
        .map(\.address)
    }
}

extension CNIResult: Codable {
    /// Reads a result in the form a plugin writes.
    public init(from decoder: any Decoder) throws {
        do {
            self = try CNIResult(JSONValue(from: decoder))
        } catch let error as CNIResultError {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
        }
    }

    /// Writes the result as the plugin wrote it.
    public func encode(to encoder: any Encoder) throws {
        try document.encode(to: encoder)
    }
}

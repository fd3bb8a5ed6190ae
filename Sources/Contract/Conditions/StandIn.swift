public import Quantities

/// Makes a place of a testbed stand in for more than it is: hosts that answer, services, addresses outside.
///
/// Everything lives in the place's own network namespace, and goes when the probe ends.
public struct StandIn: Condition {
    /// The word in a plan.
    public static let kind = "standIn"

    /// A way to an address that another place stands in for.
    public struct Way: Sendable, Equatable, Codable {
        /// Where to.
        public var to: IPAddress
        /// The place that stands in; nil is whoever is on the uplink, where a way is only needed so that packets are made at all.
        public var via: IPAddress?

        /// A way.
        public init(to: IPAddress, via: IPAddress?) {
            self.to = to
            self.via = via
        }
    }

    /// A service with one port.
    public struct Service: Sendable, Equatable, Codable {
        /// Its name with its namespace's.
        public var name: String
        /// TCP or UDP.
        public var transport: Transport
        /// Its virtual address, IPv4.
        public var address: IPAddress
        /// The port there.
        public var port: UInt16
        /// The port of the endpoints.
        public var targetPort: UInt16
        /// The endpoints.
        public var endpoints: [IPAddress]
        /// The port of every node that leads to it, too; nil where there is none.
        public var nodePort: UInt16?

        /// A service.
        public init(
            name: String, transport: Transport, address: IPAddress, port: UInt16, targetPort: UInt16,
            endpoints: [IPAddress], nodePort: UInt16? = nil
        ) {
            self.nodePort = nodePort
            self.name = name
            self.transport = transport
            self.address = address
            self.port = port
            self.targetPort = targetPort
            self.endpoints = endpoints
        }
    }

    /// Packets that are kept from the place.
    public struct Block: Sendable, Equatable, Codable {
        /// Who sends them; everyone when it is nil.
        public var from: IPAddress?
        /// The port that they are for; every one when it is nil.
        public var port: UInt16?
        /// Whether the sender is told; otherwise they vanish.
        public var rejects: Bool

        /// A block.
        public init(from: IPAddress? = nil, port: UInt16? = nil, rejects: Bool = false) {
            self.from = from
            self.port = port
            self.rejects = rejects
        }
    }

    /// A name that its name server knows.
    public struct Name: Sendable, Equatable, Codable {
        /// The whole name.
        public var name: String
        /// Its addresses, of either family.
        public var addresses: [IPAddress]
        /// The port of its service; nil where it has none.
        public var port: UInt16?

        /// A name.
        public init(_ name: String, addresses: [IPAddress], port: UInt16? = nil) {
            self.name = name
            self.addresses = addresses
            self.port = port
        }
    }

    /// Ports at which TCP connections are taken and UDP datagrams sent back, over both families.
    public var ports: [UInt16]
    /// Addresses that the place has beside its own.
    public var addresses: [IPAddress]
    /// Ways to such addresses of other places.
    public var ways: [Way]
    /// How services come into the kernel here; `none` where there are none.
    public var proxy: ProxyMode
    /// The services.
    public var services: [Service]
    /// The range that virtual addresses are taken from.
    public var serviceRange: CIDR?
    /// What is kept from the place.
    public var blocks: [Block]
    /// The names that its name server knows; there is one where this is not nil.
    public var names: [Name]?

    /// A stand-in.
    public init(
        ports: [UInt16] = [], addresses: [IPAddress] = [], ways: [Way] = [], proxy: ProxyMode = .none,
        services: [Service] = [], serviceRange: CIDR? = nil, blocks: [Block] = [],
        names: [Name]? = nil
    ) {
        self.ports = ports
        self.addresses = addresses
        self.ways = ways
        self.proxy = proxy
        self.services = services
        self.serviceRange = serviceRange
        self.blocks = blocks
        self.names = names
    }

    /// Such as `listeners at 2 ports and 1 service by nftables`.
    public var words: String {
        var parts: [String] = []
        if !ports.isEmpty { parts.append("listeners at \(ports.map { "\($0)" }.joined(separator: ", "))") }
        if !addresses.isEmpty { parts.append("the addresses \(addresses.map { "\($0)" }.joined(separator: ", "))") }
        if !ways.isEmpty { parts.append("ways to \(ways.map { "\($0.to)" }.joined(separator: ", "))") }
        if !services.isEmpty { parts.append("\(services.count) services by \(proxy)") }
        if let names { parts.append("a name server of \(names.count) names") }
        if !blocks.isEmpty { parts.append("\(blocks.count) blocks") }
        return parts.isEmpty ? "errors of ICMP without a limit" : parts.joined(separator: " and ")
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        guard services.isEmpty || (proxy != .none && serviceRange != nil) else {
            throw PlanError(path: "probe.proxy", reason: "services need a proxy and the range of their addresses")
        }
        guard ports.allSatisfy({ $0 > 0 }), Set(ports).count == ports.count, ports.count <= 64 else {
            throw PlanError(path: "probe.ports", reason: "expected at most 64 ports, each once and above 0")
        }
        guard names == nil || !ports.contains(ReachProbe.namePort) else {
            throw PlanError(path: "probe.ports", reason: "the name server has port \(ReachProbe.namePort)")
        }
        for entry in names ?? [] {
            do throws(DNSProblem) {
                _ = try DNSName(entry.name)
            } catch {
                throw PlanError(path: "probe.names", reason: "\(entry.name): \(error)")
            }
        }
    }
}

import CLibnl
public import Quantities

/// A virtual service of IPVS: where clients come to, and how their connections are spread over destinations.
public struct IPVSService: Sendable, Hashable, CustomStringConvertible {
    /// By what the kernel tells one service from all others.
    public enum Key: Sendable, Hashable {
        /// An address and a port of a transport protocol, by its number in the IP header.
        case address(CompactAddress, port: UInt16, transport: UInt8)
        /// Packets with this mark.
        case mark(UInt32, IPAddress.Family)
    }

    /// Which service it is.
    public var key: Key
    /// How destinations are chosen, such as `rr`; the kernel loads the module `ip_vs_NAME` by itself.
    public var scheduler: String
    /// What else holds for its connections.
    public var flags: IPVSServiceFlags
    /// Seconds for which a client stays with its destination, if the service is persistent.
    public var persistenceSeconds: UInt32

    /// A service by its key.
    public init(
        _ key: Key, scheduler: String = "rr", flags: IPVSServiceFlags = [], persistenceSeconds: UInt32 = 0
    ) {
        self.key = key
        self.scheduler = scheduler
        self.flags = flags
        self.persistenceSeconds = persistenceSeconds
    }

    /// `TCP 10.96.0.1:80 rr`, with ` persistent 10800` behind it.
    public var description: String {
        "\(key) \(scheduler)" + (flags.contains(.persistent) ? " persistent \(persistenceSeconds)" : "")
    }
}

extension IPVSService.Key: CustomStringConvertible {
    /// The family of its destinations, unless those are tunnelled.
    public var family: IPAddress.Family {
        switch self {
        case .address(let address, _, _): address.family
        case .mark(_, let family): family
        }
    }

    /// As ipvsadm lists it: `TCP 10.96.0.1:80`, `FWM 7`.
    public var description: String {
        switch self {
        case .address(let address, let port, let transport):
            "\(Self.name(of: transport)) \(address.family == .ipv6 ? "[\(address)]" : "\(address)"):\(port)"
        case .mark(let mark, let family): family == .ipv4 ? "FWM \(mark)" : "FWM \(mark) IPv6"
        }
    }

    private static func name(of transport: UInt8) -> String {
        switch Int(transport) {
        case IPPROTO_TCP: "TCP"
        case IPPROTO_UDP: "UDP"
        case 132: "SCTP"
        default: "protocol \(transport)"
        }
    }
}

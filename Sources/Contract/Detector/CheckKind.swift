/// What a check of the problem detector sends, and waits for.
public enum CheckKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A small datagram that the other agent sends back; both ends count.
    case udp
    /// A connection.
    case tcp
    /// An echo request of ICMP.
    case icmp
    /// A datagram as large as the link takes, which nobody may fragment; a small one comes back.
    case mtu
    /// A connection to a service's virtual address.
    case service
    /// A question to a resolver.
    case dns

    /// Whether the other end is an agent that counts what comes.
    public var isCounted: Bool { self == .udp || self == .mtu }
    /// Whether it goes to a service and not to a place.
    public var isService: Bool { self == .service || self == .dns }
    /// The kind of the same transport that goes to places: what is refused to that one is refused to this one as well.
    public var carrier: CheckKind { self == .service ? .tcp : self == .dns ? .udp : self }
}

extension CheckKind {
    /// What is sent where nothing else is said: all that needs no service.
    public static let usual: [CheckKind] = [.udp, .tcp, .icmp, .mtu]
}

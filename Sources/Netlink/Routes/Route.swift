public import Quantities

/// A unicast route of the main table.
public struct Route: Sendable, Equatable {
    /// Where to, with the bits behind the prefix cleared; `nil` is the default route.
    public let destination: CIDR?
    /// The next hop; `nil` when the destination is on the link itself.
    public let gateway: IPAddress?
    /// The name of the link; `nil` lets the kernel find it by the gateway.
    public let interface: String?
    /// Whether the gateway is taken to be on the link without a route that says so (`onlink`).
    public let onLink: Bool
    /// How far the destination is, as the kernel's answer or the caller says.
    ///
    /// The initializer derives it: `global` with a gateway, `link` without; IPv6 knows only `global`.
    public let scope: Scope?
    /// Which table it belongs to.
    public let family: IPAddress.Family

    /// How far a destination is (`rtm_scope`).
    public enum Scope: UInt8, Sendable, Equatable {
        /// Beyond a gateway.
        case global = 0
        /// Directly on a link.
        case link = 253
        /// This host itself.
        case host = 254
    }

    /// Describes a route; a destination with prefix length 0 is the default route, and `family` is needed only where
    /// neither destination nor gateway says it.
    public init(
        destination: CIDR?, gateway: IPAddress? = nil, interface: String? = nil, onLink: Bool = false,
        scope: Scope? = nil, family: IPAddress.Family? = nil
    ) {
        let family = destination?.address.family ?? gateway?.family ?? family ?? .ipv4
        self.family = family
        self.destination = destination.flatMap { destination in
            guard destination.prefixLength > 0 else { return nil }
            return CIDR(address: destination.network, prefixLength: destination.prefixLength)
        }
        self.gateway = gateway
        self.interface = interface
        self.onLink = onLink
        self.scope = scope ?? (gateway == nil && family == .ipv4 ? .link : .global)
    }
}

extension Route: CustomStringConvertible {
    /// The route as `ip route` writes it.
    public var description: String {
        var words = [destination?.description ?? "default"]
        if let gateway { words += ["via", gateway.description] }
        if let interface { words += ["dev", interface] }
        if onLink { words.append("onlink") }
        return words.joined(separator: " ")
    }
}

/// What a configuration list may leave to the testbed, in double braces.
enum Placeholder: String, Sendable, Hashable, CaseIterable {
    /// The name of the network.
    case name
    /// The node's range of IPv4 addresses for pods.
    case podCIDR
    /// The node's range of IPv6 addresses for pods.
    case podCIDRv6
    /// The largest packet that the fabric carries.
    case mtu
    /// A directory of the run for address leases.
    case dataDir

    /// As it stands in a list, such as `{{podCIDR}}`.
    var text: String { "{{\(rawValue)}}" }
}

/// One element of a set or a map with a name.
struct NFTElement: Sendable, Hashable {
    /// Which set or map.
    enum Container: Sendable, Hashable, CaseIterable {
        case clusterIPs
        case hairpin
        case serviceIPs
        case serviceNodePorts
        case noEndpointServices
        case noEndpointNodePorts
        case firewallIPs

        /// As kube-proxy calls it.
        var name: StaticString {
            switch self {
            case .clusterIPs: "cluster-ips"
            case .hairpin: "hairpin-connections"
            case .serviceIPs: "service-ips"
            case .serviceNodePorts: "service-nodeports"
            case .noEndpointServices: "no-endpoint-services"
            case .noEndpointNodePorts: "no-endpoint-nodeports"
            case .firewallIPs: "firewall-ips"
            }
        }

        /// Whether several services may need the same element.
        var isShared: Bool { self == .clusterIPs || self == .hairpin }
    }

    var container: Container
    /// The key as nft writes it: `10.96.0.1 . tcp . 80`.
    var key: [UInt8]
    /// What stands behind the key, a comment and where packets go: ` : goto service-…`; nothing in a set.
    var rest: [UInt8] = []
}

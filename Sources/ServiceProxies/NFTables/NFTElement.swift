/// One element of a set or a map with a name.
struct NFTElement: Sendable, Hashable {
    /// Which set or map.
    enum Container: String, Sendable, Hashable, CaseIterable {
        case clusterIPs = "cluster-ips"
        case hairpin = "hairpin-connections"
        case serviceIPs = "service-ips"
        case serviceNodePorts = "service-nodeports"
        case noEndpointServices = "no-endpoint-services"
        case noEndpointNodePorts = "no-endpoint-nodeports"
        case firewallIPs = "firewall-ips"

        /// Whether several services may need the same element.
        var isShared: Bool { self == .clusterIPs || self == .hairpin }
    }

    var container: Container
    /// The key as nft writes it: `10.96.0.1 . tcp . 80`.
    var key: [UInt8]
    /// A comment with its keyword, or nothing.
    var comment: [UInt8] = []
    /// Where packets go, or nothing in a set.
    var verdict: [UInt8] = []
}

/// A table of iptables that kube-proxy looks at.
package enum IPTablesTable: String, Sendable, Hashable, CaseIterable {
    case filter
    case nat
    case mangle

    /// Its name, for lines that are written.
    var name: StaticString {
        switch self {
        case .filter: "filter"
        case .nat: "nat"
        case .mangle: "mangle"
        }
    }

    /// The chain that kube-proxy puts into every table and never fills: when it is gone, somebody has flushed the
    /// rules.
    static let canary: StaticString = "KUBE-PROXY-CANARY"

    /// The chain by which nothing but the node itself reaches 127.0.0.0/8, a copy of the kubelet's.
    static let localnetFirewall: StaticString = "KUBE-FIREWALL"

    /// The chains that each sync fills, whatever the services are.
    var filledChains: [StaticString] {
        switch self {
        case .filter:
            ["KUBE-SERVICES", "KUBE-EXTERNAL-SERVICES", "KUBE-FORWARD", "KUBE-NODEPORTS", "KUBE-PROXY-FIREWALL"]
        case .nat: ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ"]
        case .mangle: []
        }
    }

    /// The chains that are there whatever the services are.
    var fixedChains: [StaticString] {
        filledChains + (self == .filter ? [Self.localnetFirewall] : []) + [Self.canary]
    }
}

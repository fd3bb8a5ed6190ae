/// A table of iptables that kube-proxy looks at.
package enum IPTablesTable: String, Sendable, Hashable, CaseIterable {
    case filter
    case nat
    case mangle

    /// The chains that are there whatever the services are; ``mangle`` holds the canary only, which is not installed here.
    var fixedChains: [StaticString] {
        switch self {
        case .filter:
            ["KUBE-SERVICES", "KUBE-EXTERNAL-SERVICES", "KUBE-FORWARD", "KUBE-NODEPORTS", "KUBE-PROXY-FIREWALL"]
        case .nat: ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ"]
        case .mangle: []
        }
    }
}

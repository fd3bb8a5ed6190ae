import Contract

/// Which of the two implementations of iptables in the kernel is programmed.
public enum IPTablesBackend: String, Sendable, Hashable, CaseIterable {
    /// x_tables: the whole table is replaced at each change, and a lock file keeps programs apart.
    case legacy
    /// nf_tables, by the tools that look like iptables.
    case nft

    /// The mode that it belongs to.
    var mode: ProxyMode {
        switch self {
        case .legacy: .iptablesLegacy
        case .nft: .iptablesNFT
        }
    }

    /// The implementation whose rules must not stand beside this one's.
    var other: IPTablesBackend { self == .legacy ? .nft : .legacy }

    /// The program that makes one change.
    var single: String { "iptables-\(rawValue)" }
    /// The program that loads.
    var restore: String { "iptables-\(rawValue)-restore" }
    /// The program that lists.
    var save: String { "iptables-\(rawValue)-save" }
}

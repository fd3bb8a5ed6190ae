/// A packet counter with a name that rules of kube-proxy count in, where the kernel has such counters (`xt_nfacct`).
enum IPTablesCounter: String, Sendable, Hashable, CaseIterable {
    /// Connections to a node port at 127.0.0.0/8.
    case localhostNodePorts = "localhost_nps_accepted_pkts"
    /// Packets that the connection tracker calls invalid.
    case invalid = "ct_state_invalid_dropped_pkts"

    /// The match of iptables that counts in such a counter, and its word in an error.
    static let matchName = "nfacct"
}

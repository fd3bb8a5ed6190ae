import Netlink

/// The rule that has the connection tracker of a namespace look at packets, which it does where somebody asks for it; pure.
enum TrackerRules {
    /// One of a name in a namespace: only one at a time fills its tracker.
    static let table = PacketFilterTable(.inet, "nm-conntrack")

    /// How many rules count.
    static let count = 1

    /// What `nft -f -` reads.
    static let text = """
        add table \(table)
        add chain \(table) track { type filter hook prerouting priority 0; policy accept; }
        add rule \(table) track ct state new counter

        """
}

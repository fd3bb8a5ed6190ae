/// How far packets went through rule chains, by the counters of the rules.
///
/// A counter counts matches, from which it follows what a packet was compared with. In each chain that it entered, it
/// met all rules up to the last one that matched and decided, or all of them when it fell through.
public struct RuleTraversal: Sendable, Equatable {
    /// One rule that can be counted, in the order of its chain.
    public struct Rule: Sendable, Equatable {
        /// Packets that matched.
        public var packets: UInt64
        /// The chain it hands a packet to (jump or goto), if any.
        public var target: String?
        /// Whether a packet that matches does not go on to the next rule of the chain.
        public var isFinal: Bool

        /// A rule with its counter.
        public init(packets: UInt64, target: String?, isFinal: Bool) {
            self.packets = packets
            self.target = target
            self.isFinal = isFinal
        }
    }

    /// The rules of each chain, in order.
    public var chains: [String: [Rule]]

    /// Chains with their rules.
    public init(chains: [String: [Rule]]) {
        self.chains = chains
    }
}

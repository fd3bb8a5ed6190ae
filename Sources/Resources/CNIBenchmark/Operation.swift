extension CNIBenchmark {
    /// What is asked of the plugins.
    public enum Operation: String, Sendable, Hashable, CaseIterable {
        /// ADD, to the first packet through.
        case add
        /// CHECK of what was added.
        case check
        /// DEL of what was added, and what it leaves behind.
        case delete
        /// All pods deleted and added again at once.
        case restartStorm = "restart-storm"
        /// A range of 16 addresses used up, given back and used up again.
        case ipamExhaustion = "ipam-exhaustion"
        /// What the specification has an answer to, and a stopwatch has not.
        case conformance
    }
}

extension CNIBenchmark.Operation: CustomStringConvertible {
    /// The word in YAML.
    public var description: String { rawValue }
}

extension CNIPerformance {
    /// What networks are compared with.
    public enum Baseline: String, Sendable, Hashable, CaseIterable {
        /// Node to node, without a pod network.
        case host
    }

    /// Where the two ends of a test stand.
    public enum Path: String, Sendable, Hashable, CaseIterable {
        case sameNode = "same-node"
        case otherNode = "other-node"
    }

    /// What carries a test.
    public enum Tool: String, Sendable, Hashable, CaseIterable {
        /// iperf3: streams.
        case iperf3
        /// Our own probes: round trips and open loops.
        case latency
        /// netperf, where it is installed.
        case netperf
    }
}

extension CNIPerformance {
    /// On which processors the two ends of a test run.
    ///
    /// On an idle machine a round trip between two processors mostly measures how long each takes to wake up; on one
    /// processor it measures the way through the kernel. A stream needs two to run at once.
    public enum Processors: String, Sendable, Hashable, CaseIterable {
        /// Both ends on one.
        case same
        /// Each end on one of its own.
        case distinct
        /// Wherever the scheduler puts them.
        case any
    }
}

extension CNIPerformance.Path: CustomStringConvertible {
    /// The word in YAML.
    public var description: String { rawValue }
}

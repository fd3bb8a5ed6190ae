extension CNIPerformance {
    /// What networks are compared with.
    public enum Baseline: String, Sendable, Hashable, CaseIterable {
        /// Node to node, without a pod network.
        case host
    }

    /// Where the two ends of a test stand, and what is between them.
    public enum Path: String, Sendable, Hashable, CaseIterable {
        /// A pod and itself, at its loopback address.
        case loopback
        /// Two pods of one node.
        case sameNode = "same-node"
        /// Two pods of two nodes.
        case otherNode = "other-node"
        /// A pod and the node that it stands on.
        case podToHost = "pod-to-host"
        /// A node and a pod on it.
        case hostToPod = "host-to-pod"
        /// Two nodes, without a pod.
        case hostToOtherHost = "host-to-other-host"
        /// A pod and a service whose endpoint stands on the same node.
        case serviceSameNode = "service-same-node"
        /// A pod and a service whose endpoint stands on another node.
        case serviceOtherNode = "service-other-node"
        /// A node and a port of another node, behind which a pod stands there.
        case nodePort = "node-port"
        /// A pod and itself, by its own service.
        case hairpin
        /// A pod and an address that is outside of all nodes and pods.
        case egress

        /// Whether a service proxy makes it.
        public var isService: Bool {
            switch self {
            case .serviceSameNode, .serviceOtherNode, .nodePort, .hairpin: true
            case .loopback, .sameNode, .otherNode, .podToHost, .hostToPod, .hostToOtherHost, .egress: false
            }
        }

        /// Whether its ends stand on two nodes that the resource counts.
        public var needsTwoNodes: Bool {
            switch self {
            case .otherNode, .hostToOtherHost, .serviceOtherNode, .nodePort: true
            case .loopback, .sameNode, .podToHost, .hostToPod, .serviceSameNode, .hairpin, .egress: false
            }
        }

        /// Whether several clients or servers can stand at its ends.
        public var hasPairs: Bool { self == .sameNode || self == .otherNode }

        /// Whether two pods of one node take part.
        public var needsTwoPodsOfANode: Bool { self == .sameNode || self == .serviceSameNode }

        /// Whether a pod of another node takes part.
        public var needsAPodElsewhere: Bool { self == .otherNode || self == .serviceOtherNode }
    }

    /// What carries a test.
    public enum Tool: String, Sendable, Hashable, CaseIterable {
        /// iperf3: streams.
        case iperf3
        /// Our own probes: round trips and open loops.
        case latency
        /// netperf, where it is installed.
        case netperf
        /// Our own probes: datagrams per second in one direction.
        case packets
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

public import Contract
public import Quantities

/// Measures service proxies: what a connection through a service costs, and what a change to services costs, by the
/// proxy's mode and by how many services and endpoints there are.
///
/// `docs/resources.md` explains every key.
public struct NetworkScalabilityTest: Resource {
    /// The word behind `kind:`.
    public static let kind = "NetworkScalabilityTest"

    /// Name and labels.
    public var metadata: Metadata
    /// What is measured, and how often.
    public var spec: Spec

    /// Describes a test.
    public init(metadata: Metadata, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// As its spec says.
    public var conditions: [NamedCondition] { spec.conditions }

    /// What is measured, and how often.
    public struct Spec: Sendable, Equatable {
        /// The modes that are compared: the levels of the factor `proxy`.
        public var proxies: [ProxyMode]
        /// Numbers of services: the levels of the factor `services`.
        public var services: [Int]
        /// Endpoints of each service: the levels of the factor `endpoints`.
        public var endpointsPerService: [Int]
        /// How clients reach the services.
        public var serviceType: ServiceType
        /// Where clients of a load balancer may come from; everywhere when empty.
        public var sourceRanges: [CIDR]
        /// Whether a client stays with its endpoint.
        public var sessionAffinity: SessionAffinity
        /// The range that virtual addresses are taken from.
        public var serviceRange: CIDR
        /// Whether node ports are served at 127.0.0.1, too, as kube-proxy does with iptables (`localhostNodePorts`).
        public var localhostNodePorts: Bool
        /// How services come into the kernel.
        public var sync: Sync
        /// What is measured in each trial.
        public var measure: [ServiceMeasure]
        /// Where in the list of services the measured ones stand.
        public var positions: [ServicePosition]
        /// How long each measurement of the data path takes.
        public var duration: TimeSpan
        /// After how long a connection or a datagram counts as lost.
        public var timeout: TimeSpan
        /// How endpoints change while clients keep connecting.
        public var churn: Churn
        /// The latency up to which a mode counts as good enough, for the largest number of services that it carries.
        public var capacity: CapacityLimit
        /// What is changed while trials run: the levels of the factor `condition`.
        public var conditions: [NamedCondition]
        /// How often.
        public var repetitions: Repetitions
        /// How quiet the machine has to be before a trial.
        public var settle: Settle
        /// What orders the trials of a block; drawn and recorded by the run when it is absent.
        public var seed: UInt64?

        /// kube-apiserver's usual range, which holds a million addresses.
        public static let defaultServiceRange = CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 12)

        /// Describes what is measured; what has a default in YAML has the same one here.
        public init(
            proxies: [ProxyMode],
            services: [Int],
            endpointsPerService: [Int] = [2],
            serviceType: ServiceType = .clusterIP,
            sourceRanges: [CIDR] = [],
            sessionAffinity: SessionAffinity = .none,
            serviceRange: CIDR = Spec.defaultServiceRange,
            localhostNodePorts: Bool = true,
            sync: Sync = Sync(),
            measure: [ServiceMeasure] = ServiceMeasure.usual,
            positions: [ServicePosition] = ServicePosition.allCases,
            duration: TimeSpan = .milliseconds(250),
            timeout: TimeSpan = .seconds(1),
            churn: Churn = Churn(),
            capacity: CapacityLimit = CapacityLimit(),
            conditions: [NamedCondition] = [],
            repetitions: Repetitions,
            settle: Settle = Settle(),
            seed: UInt64? = nil
        ) {
            self.proxies = proxies
            self.services = services
            self.endpointsPerService = endpointsPerService
            self.serviceType = serviceType
            self.sourceRanges = sourceRanges
            self.sessionAffinity = sessionAffinity
            self.serviceRange = serviceRange
            self.localhostNodePorts = localhostNodePorts
            self.sync = sync
            self.measure = measure
            self.positions = positions
            self.duration = duration
            self.timeout = timeout
            self.churn = churn
            self.capacity = capacity
            self.conditions = conditions
            self.repetitions = repetitions
            self.settle = settle
            self.seed = seed
        }
    }
}

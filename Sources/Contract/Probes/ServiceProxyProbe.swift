public import Quantities

/// Measures a service proxy on a small network that the probe brings along: a client, the node that is programmed, and
/// endpoints.
///
/// Needs a network namespace that is empty, and keeps it: everything is gone with the process.
public struct ServiceProxyProbe: Probe {
    /// The word in a plan.
    public static let kind = "serviceProxy"

    /// How services come into the kernel.
    public var mode: ProxyMode
    /// How many services there are.
    public var services: Int
    /// How many endpoints each of them has.
    public var endpoints: Int
    /// How clients reach them.
    public var exposure: ServiceType
    /// Where clients of a load balancer may come from; everywhere when empty.
    public var sourceRanges: [CIDR]
    /// Seconds for which a client stays with its endpoint; nil is no affinity.
    public var affinitySeconds: Int?
    /// The range that virtual addresses are taken from.
    public var serviceRange: CIDR
    /// Whether node ports are served at 127.0.0.1, too, which iptables has rules for.
    public var localhostNodePorts: Bool
    /// Whether an added service comes without endpoints, which follow in a second sync, as an API server tells of them.
    public var endpointsFollow: Bool
    /// Nanoseconds from the end of a sync to the start of the next one at the earliest; nil is kube-proxy's default.
    public var syncPauseNanoseconds: UInt64?
    /// How many services nftables takes in one transaction of a full sync; nil is all of them, as in kube-proxy.
    public var servicesPerTransaction: Int?
    /// Whether nftables is listed before each sync, as kube-proxy 1.36 does.
    public var listsBeforeSync: Bool
    /// Whether iptables that are empty are loaded as a whole; kube-proxy always adds to what is there.
    public var flushesEmptyTables: Bool
    /// What is measured.
    public var measures: [ServiceMeasure]
    /// Where the measured services stand.
    public var positions: [ServicePosition]
    /// Nanoseconds of each measurement of the data path.
    public var windowNanoseconds: UInt64
    /// Nanoseconds after which a connection or a datagram is given up: a right-censored sample.
    public var timeoutNanoseconds: UInt64
    /// Changes of endpoints per second, as intended.
    public var churnPerSecond: Double
    /// Nanoseconds for which endpoints change.
    public var churnNanoseconds: UInt64

    /// A service-proxy probe.
    public init(
        mode: ProxyMode,
        services: Int,
        endpoints: Int,
        exposure: ServiceType = .clusterIP,
        sourceRanges: [CIDR] = [],
        affinitySeconds: Int? = nil,
        serviceRange: CIDR,
        localhostNodePorts: Bool = true,
        endpointsFollow: Bool = true,
        syncPauseNanoseconds: UInt64? = nil,
        servicesPerTransaction: Int? = nil,
        listsBeforeSync: Bool = true,
        flushesEmptyTables: Bool = false,
        measures: [ServiceMeasure],
        positions: [ServicePosition],
        windowNanoseconds: UInt64,
        timeoutNanoseconds: UInt64 = 1_000_000_000,
        churnPerSecond: Double = 4,
        churnNanoseconds: UInt64 = 2_000_000_000
    ) {
        self.mode = mode
        self.services = services
        self.endpoints = endpoints
        self.exposure = exposure
        self.sourceRanges = sourceRanges
        self.affinitySeconds = affinitySeconds
        self.serviceRange = serviceRange
        self.localhostNodePorts = localhostNodePorts
        self.endpointsFollow = endpointsFollow
        self.syncPauseNanoseconds = syncPauseNanoseconds
        self.servicesPerTransaction = servicesPerTransaction
        self.listsBeforeSync = listsBeforeSync
        self.flushesEmptyTables = flushesEmptyTables
        self.measures = measures
        self.positions = positions
        self.windowNanoseconds = windowNanoseconds
        self.timeoutNanoseconds = timeoutNanoseconds
        self.churnPerSecond = churnPerSecond
        self.churnNanoseconds = churnNanoseconds
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        guard services > 0, endpoints > 0 else {
            throw PlanError(path: "probe.services", reason: "expected at least one service with one endpoint")
        }
        guard Self.endpointsFit(services: services, endpoints: endpoints) else {
            throw PlanError(path: "probe.endpoints", reason: "there are not so many addresses for endpoints")
        }
        guard serviceRange.address.family == .ipv4,
            Double(services) + ServiceLimits.reservedAddresses <= serviceRange.count
        else {
            throw PlanError(
                path: "probe.serviceRange",
                reason: "\(services) services do not fit into \(serviceRange); take a shorter prefix"
            )
        }
        if exposure == .nodePort, services + ServiceLimits.addedServices > ServiceLimits.nodePorts.count {
            throw PlanError(path: "probe.services", reason: "\(services) services have not enough node ports")
        }
        guard !positions.isEmpty, windowNanoseconds >= 1_000_000, timeoutNanoseconds >= 1_000_000 else {
            throw PlanError(path: "probe", reason: "expected a position, and windows and time-outs of 1 ms or more")
        }
        if let servicesPerTransaction, servicesPerTransaction < 1 {
            throw PlanError(
                path: "probe.servicesPerTransaction", reason: "expected 1 or more, found \(servicesPerTransaction)")
        }
        guard churnPerSecond > 0, churnPerSecond.isFinite else {
            throw PlanError(path: "probe.churnPerSecond", reason: "expected more than 0, found \(churnPerSecond)")
        }
    }

    /// Whether there are addresses for all of them, and for as many again that replace some.
    private static func endpointsFit(services: Int, endpoints: Int) -> Bool {
        let (all, overflow) = (services + 2).multipliedReportingOverflow(by: endpoints)
        return !overflow && Double(all) <= ServiceRange.endpoints.cidr.count / 2
    }
}

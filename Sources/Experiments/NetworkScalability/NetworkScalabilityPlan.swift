import Contract
import Quantities
import Resources

/// The variants of a `NetworkScalabilityTest` and what the agent is asked to do for each, worked out from its spec
/// alone.
struct NetworkScalabilityPlan: Sendable, Equatable {
    /// Names of the factors, as they stand in the store.
    enum Factor {
        static let proxy = "proxy"
        static let services = "services"
        static let endpoints = "endpoints"
    }

    /// One variant with what it is made of.
    struct Cell: Sendable, Equatable {
        let variant: Variant
        let proxy: ProxyMode
        let services: Int
        let endpoints: Int
    }

    let spec: NetworkScalabilityTest.Spec

    /// Every mode with every number of services and of endpoints, in the order of the resource.
    var cells: [Cell] {
        spec.services.flatMap { services in
            spec.endpointsPerService.flatMap { endpoints in
                spec.proxies.map { proxy in
                    var levels = [
                        Variant.Level(Factor.proxy, proxy.rawValue), Variant.Level(Factor.services, "\(services)"),
                    ]
                    if spec.endpointsPerService.count > 1 {
                        levels.append(Variant.Level(Factor.endpoints, "\(endpoints)"))
                    }
                    return Cell(variant: Variant(levels), proxy: proxy, services: services, endpoints: endpoints)
                }
            }
        }
    }

    /// The factors and their levels, the mode first; metrics are drawn along the number of services, or of endpoints.
    var design: Design {
        var factors = [
            Design.Factor(name: Factor.proxy, levels: spec.proxies.map(\.rawValue)),
            Design.Factor(name: Factor.services, levels: spec.services.map { "\($0)" }),
        ]
        if spec.endpointsPerService.count > 1 {
            factors.append(Design.Factor(name: Factor.endpoints, levels: spec.endpointsPerService.map { "\($0)" }))
        }
        return Design(
            comparedFactor: Factor.proxy,
            baseline: spec.proxies.contains(.none) ? ProxyMode.none.rawValue : nil,
            factors: factors,
            scaleFactor: scaleFactor,
            thresholds: thresholds
        )
    }

    private var scaleFactor: String? {
        if spec.services.count > 1 { return Factor.services }
        return spec.endpointsPerService.count > 1 ? Factor.endpoints : nil
    }

    /// The limit of new connections, at the position that says most about all services.
    private var thresholds: [Design.Threshold] {
        guard spec.measure.contains(.firstPacket) else { return [] }
        return [
            Design.Threshold(
                metric: ServiceMetrics.connect(mainPosition, spec.capacity.percentile.rawValue),
                limit: spec.capacity.below.seconds
            )
        ]
    }

    /// Random services stand for all of them; where they are not asked for, the last one is the worst.
    var mainPosition: ServicePosition {
        let positions = spec.positions
        return [.random, .last, .middle].first(where: positions.contains) ?? .first
    }

    // MARK: The agent's plan

    /// What the agent is asked to do for a cell.
    func probe(for cell: Cell) -> ServiceProxyProbe {
        ServiceProxyProbe(
            mode: cell.proxy,
            services: cell.services,
            endpoints: cell.endpoints,
            exposure: spec.serviceType,
            sourceRanges: spec.sourceRanges,
            affinitySeconds: spec.sessionAffinity == .clientIP ? Self.affinitySeconds : nil,
            serviceRange: spec.serviceRange,
            localhostNodePorts: spec.localhostNodePorts,
            endpointsFollow: spec.sync.endpointsFollow,
            syncPauseNanoseconds: spec.sync.minSyncPeriod.map { UInt64($0.nanoseconds) },
            servicesPerTransaction: spec.sync.servicesPerTransaction,
            listsBeforeSync: spec.sync.listsBeforeSync,
            flushesEmptyTables: spec.sync.flushesEmptyTables,
            measures: spec.measure,
            positions: spec.positions,
            windowNanoseconds: UInt64(spec.duration.nanoseconds),
            timeoutNanoseconds: UInt64(spec.timeout.nanoseconds),
            churnPerSecond: spec.churn.rate.perSecond,
            churnNanoseconds: UInt64(spec.churn.duration.nanoseconds)
        )
    }

    /// kube-apiserver's default for `sessionAffinityConfig.clientIP.timeoutSeconds`: three hours.
    private static let affinitySeconds = 10_800

    /// Why there is nothing to measure in a cell; nil where there is.
    func nothingToMeasure(in cell: Cell) -> String? {
        guard cell.proxy == .none, spec.measure.allSatisfy(\.needsProxy) else { return nil }
        let withoutProxy = ServiceMeasure.allCases.filter { !$0.needsProxy }.map(\.rawValue)
        return "the mode none has nothing to program; it measures \(withoutProxy.joined(separator: ", "))"
    }

    // MARK: Time

    /// How long a trial of the cell should take, on two processors of today.
    func expectedDuration(of cell: Cell) -> Duration {
        var duration = Duration.milliseconds(250) + dataPath
        guard cell.proxy != .none else { return duration }
        // Each endpoint costs about half of what a service does.
        let units = cell.services * (2 + cell.endpoints) / 2
        let operations = 3 + Set(spec.measure).intersection([.addOne, .changeEndpoint, .restart]).count * 2
        duration += Self.cost(of: cell.proxy) * units * operations / 3
        if spec.measure.contains(.churn) { duration += spec.churn.duration.duration }
        if spec.sync.endpointsFollow, !Set(spec.measure).isDisjoint(with: [.addOne, .deleteOne]) {
            duration += spec.sync.minSyncPeriod?.duration ?? cell.proxy.syncPause
        }
        return duration
    }

    /// After how long a trial of the cell is ended: time for emulated processors, on which all of this takes 15 times
    /// as long and more.
    func deadline(of cell: Cell) -> Duration {
        .seconds(60) + expectedDuration(of: cell) * 25
    }

    private var dataPath: Duration {
        var windows = 0
        if spec.measure.contains(.firstPacket) { windows += spec.positions.count * 3 / 2 }
        if spec.measure.contains(.established) { windows += 1 }
        if spec.measure.contains(.connectionRate) { windows += 1 }
        return spec.duration.duration * windows
    }

    /// Of one service with two endpoints, once.
    private static func cost(of proxy: ProxyMode) -> Duration {
        switch proxy {
        case .none: .zero
        case .iptablesLegacy: .microseconds(60)
        case .iptablesNFT: .microseconds(200)
        case .nftables, .nftablesEndpointChains: .microseconds(250)
        case .ipvs: .microseconds(60)
        }
    }
}

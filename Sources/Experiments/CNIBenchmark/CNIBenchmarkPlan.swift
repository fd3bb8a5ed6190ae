import Contract
import Quantities
import Resources
import Testbed

/// The variants and the topology of a `CNIBenchmark`, worked out from its spec alone.
struct CNIBenchmarkPlan: Sendable, Equatable {
    /// Names of the factors, as they stand in the store.
    enum Factor {
        static let network = "network"
        static let operation = "operation"
        static let pods = "pods"
        static let concurrency = "concurrency"
    }

    /// What a trial does: the levels of the factor `operation`.
    enum Work: String, Sendable, CaseIterable {
        /// ADD, CHECK and DEL of some pods, on top of those that are there.
        case lifecycle
        case restartStorm = "restart-storm"
        case exhaustion = "ipam-exhaustion"
        case conformance
    }

    /// One variant with what it is made of.
    struct Cell: Sendable, Equatable {
        let variant: Variant
        let network: CNIBenchmark.Network
        let work: Work
        let pods: Int
        let concurrency: Int

        /// Whether two pods are there at once and have to be told apart by their addresses.
        var needsTwoPods: Bool {
            switch work {
            case .lifecycle: true
            case .restartStorm: pods > 1
            case .exhaustion, .conformance: false
            }
        }

        /// The metrics that a trial is about.
        ///
        /// Of the lifecycle, any operation but ADD may be a finding instead of a number.
        var requiredMetrics: [String] {
            switch work {
            case .lifecycle: [CNIMetrics.name(.add, "latency_p50"), CNIMetrics.firstPacketP50.name]
            case .restartStorm: [CNIMetrics.stormDuration.name]
            case .exhaustion: [CNIMetrics.usableAddresses.name]
            case .conformance: [CNIMetrics.deviations.name]
            }
        }
    }

    let spec: CNIBenchmark.Spec
    /// Where relative paths of configuration lists begin, with its slash; empty is the working directory.
    var directory = ""

    /// Every cell, in the order of the resource.
    ///
    /// Density and concurrency vary only where they mean something. A storm has the largest concurrency; in the other
    /// works pods come and go one at a time. A network without plugins has no range to use up and no specification to
    /// conform to.
    var cells: [Cell] {
        works.flatMap { work -> [Cell] in
            switch work {
            case .lifecycle:
                spec.pods.flatMap { pods in
                    spec.concurrency.flatMap { concurrency in
                        spec.networks.map { cell($0, work, pods, concurrency) }
                    }
                }
            case .restartStorm:
                spec.pods.flatMap { pods in
                    spec.networks.map { cell($0, work, pods, spec.concurrency.max() ?? 1) }
                }
            case .exhaustion, .conformance:
                spec.networks.filter { $0.source != .preset(.netlink) }.map { network in
                    Cell(
                        variant: Variant([
                            Variant.Level(Factor.network, network.name), Variant.Level(Factor.operation, work.rawValue),
                        ]),
                        network: network,
                        work: work,
                        pods: 1,
                        concurrency: 1
                    )
                }
            }
        }
    }

    private func cell(_ network: CNIBenchmark.Network, _ work: Work, _ pods: Int, _ concurrency: Int) -> Cell {
        let levels = [
            Variant.Level(Factor.network, network.name), Variant.Level(Factor.operation, work.rawValue),
            Variant.Level(Factor.pods, "\(pods)"), Variant.Level(Factor.concurrency, "\(concurrency)"),
        ]
        return Cell(variant: Variant(levels), network: network, work: work, pods: pods, concurrency: concurrency)
    }

    private var works: [Work] {
        Work.allCases.filter { work in
            switch work {
            case .lifecycle: spec.operations.contains(.add)
            case .restartStorm: spec.operations.contains(.restartStorm)
            case .exhaustion: spec.operations.contains(.ipamExhaustion)
            case .conformance: spec.operations.contains(.conformance)
            }
        }
    }

    /// The factors and their levels, the compared one first; metrics are drawn along the number of pods.
    var design: Design {
        let cells = cells
        let names = [Factor.network, Factor.operation, Factor.pods, Factor.concurrency]
        let factors = names.compactMap { name -> Design.Factor? in
            var levels: [String] = []
            for level in cells.compactMap({ $0.variant.level(of: name) }) where !levels.contains(level) {
                levels.append(level)
            }
            return levels.isEmpty ? nil : Design.Factor(name: name, levels: levels)
        }
        return Design(
            comparedFactor: Factor.network,
            baseline: spec.networks.first { $0.source == .preset(.netlink) }?.name,
            factors: factors,
            scaleFactor: scaleFactor
        )
    }

    private var scaleFactor: String? {
        if spec.pods.count > 1 { return Factor.pods }
        return spec.concurrency.count > 1 ? Factor.concurrency : nil
    }

    /// One node for each network, without pods: trials bring their own.
    var topology: Topology {
        Topology(
            networks: spec.networks.map(plan),
            nodes: 1,
            families: [.ipv4],
            podRangeLength: Self.podRangeLength
        )
    }

    /// Room for 4,093 pods: of 4,096 addresses the first, the last and the gateway's are taken.
    private static let podRangeLength = 20

    private func plan(for network: CNIBenchmark.Network) -> NetworkPlan {
        NetworkPlan(name: network.name, podNetwork: podNetwork(of: network), fabric: .routes, podsOnNode: [0])
    }

    private func podNetwork(of network: CNIBenchmark.Network) -> NetworkPlan.PodNetwork {
        switch network.source {
        case .conflist(let path): .conflist(path: path.hasPrefix("/") ? path : directory + path)
        case .preset(.netlink): .direct
        case .preset(.bridge): .bridge
        case .preset(.ptp): .pointToPoint
        case .preset(.macvlan): .macvlan
        case .preset(.ipvlan): .ipvlan
        case .preset(.bridgePortmap): .chained(.portmap)
        case .preset(.bridgeBandwidth): .chained(.bandwidth)
        case .preset(.bridgeTuning): .chained(.tuning)
        }
    }

    /// What the agent is asked to do for a cell.
    func operations(of cell: Cell, at site: AttachmentSite) -> CNIOperations {
        CNIOperations(
            work: work(of: cell),
            conflist: site.conflist,
            pluginDirectories: site.pluginDirectories,
            directory: site.directory,
            containerPrefix: site.containerPrefix,
            range: site.range,
            standing: cell.pods,
            measured: spec.sampled,
            concurrency: cell.concurrency,
            checks: spec.operations.contains(.check),
            timeoutNanoseconds: UInt64(spec.timeout.nanoseconds)
        )
    }

    private func work(of cell: Cell) -> CNIOperations.Work {
        switch cell.work {
        case .lifecycle: .lifecycle
        case .restartStorm: .restartStorm
        case .exhaustion: .exhaustion
        case .conformance: .conformance
        }
    }

    /// How long a trial of the cell should take, on two processors of today.
    func expectedDuration(of cell: Cell) -> Duration {
        let isFloor = cell.network.source == .preset(.netlink)
        let coming: Duration = isFloor ? .milliseconds(20) : .milliseconds(30)
        let start = Duration.milliseconds(400)
        switch cell.work {
        // On two processors, more pods at a time are no faster.
        case .lifecycle: return start + coming * cell.pods + coming * 2 * spec.sampled / min(cell.concurrency, 2)
        case .restartStorm: return start + coming * 2 * cell.pods
        case .exhaustion: return start + coming * 50
        case .conformance: return start + coming * 16
        }
    }

    /// After how long a trial of the cell is ended: for machines ten times as slow, and a plugin that hangs twice.
    func deadline(of cell: Cell) -> Duration {
        .seconds(30) + expectedDuration(of: cell) * 10 + spec.timeout.duration * 2
    }
}

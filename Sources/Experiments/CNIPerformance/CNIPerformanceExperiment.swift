public import Contract
import Quantities
public import Resources
public import Testbed

/// The data path of pod networks: throughput, latency and connection rate, by network, path and test.
public struct CNIPerformanceExperiment: Experiment {
    private let plan: CNIPerformancePlan
    private let cells: [Variant: CNIPerformancePlan.Cell]
    private let tryOuts = PathTryOuts()

    /// What is compared with what.
    public let design: Design
    /// Every network on every path with every test, message size and family.
    public let variants: [Variant]
    /// All networks side by side.
    public let topology: Topology

    init(_ resource: CNIPerformance, directory: String) {
        plan = CNIPerformancePlan(spec: resource.spec, directory: directory)
        let cells = plan.cells
        self.cells = Dictionary(cells.map { ($0.variant, $0) }, uniquingKeysWith: { first, _ in first })
        variants = cells.map(\.variant)
        design = plan.design
        topology = plan.topology
    }

    /// As the resource says.
    public var repetitions: Repetitions { plan.spec.repetitions }

    /// As the resource says.
    public var settle: Settle { plan.spec.settle }

    /// Everything that probes report, and what is worked out from both ends.
    public var metrics: [Metric] { ProbeMetrics.all + KernelCostMetrics.all }

    /// Throughput where there is any, the median latency or the rate of packets elsewhere.
    public var decidingMetrics: [String] {
        [
            ProbeMetrics.throughput.name, ProbeMetrics.latencyP50.name, ProbeMetrics.packetRate.name,
            ProbeMetrics.highestPacketRate.name,
        ]
    }

    /// As the resource says.
    public var seed: UInt64? { plan.spec.seed }

    /// The measuring programs of the test, and what its network is made with.
    ///
    /// Debian has netperf in non-free only, so its tests are skipped where it is missing.
    public func requirements(of variant: Variant) -> [Requirement] {
        guard let cell = cells[variant] else { return [] }
        let tools: [Requirement] =
            switch cell.test.tool {
            case .iperf3: [Requirement(.program("iperf3"), isEssential: true)]
            case .netperf: [Requirement(.program("netperf")), Requirement(.program("netserver"))]
            case .latency, .packets: []
            }
        let proxy = cell.path.isService && !plan.isBare(cell) ? [Requirement(.serviceProxy(plan.spec.proxy))] : []
        return tools + proxy
            + (topology.network(named: cell.network).map { [Requirement(.podNetwork($0.podNetwork))] } ?? [])
    }

    /// Places that share an address with a pod beside them cannot be told apart by it, and not every network has every path.
    public func obstacle(to variant: Variant, on testbed: any Testbed) async -> String? {
        guard let cell = cells[variant] else { return nil }
        let layout = plan.layout(of: cell)
        if layout.isService, cell.family == .ipv6 {
            return "services have IPv4 addresses here: \(cell.path) is not measured over ipv6"
        }
        let shared = await testbed.sharedAddresses().first { shared in
            shared.address.family == cell.family && shared.confuses(layout.client, layout.server)
        }
        if let shared { return shared.description }
        // What goes on between pods was tried at the set-up.
        guard !plan.isBare(cell), cell.path != .sameNode, cell.path != .otherNode else { return nil }
        return await tryOuts.obstacle(to: cell, layout, proxy: plan.spec.proxy, on: testbed)
    }

    /// As the path says.
    public func ends(of variant: Variant) -> (client: Place, server: Place)? {
        cells[variant].map(plan.layout).map { ($0.client, $0.server) }
    }

    /// Warm-up, omitted part and duration, and what starting and ending costs; a search by its usual steps.
    public func expectedDuration(of variant: Variant) -> Duration {
        guard let cell = cells[variant] else { return .zero }
        // Pairs are started one after another, and begin together.
        let together: Duration = cell.pairs.count > 1 ? .milliseconds(150 + 80 * cell.pairs.count) : .zero
        return TestTime(test: cell.test, warmUp: plan.spec.warmUp.duration).expected + together
    }

    /// Ten seconds more than it should take, and the time that one answer may take; a search by its most steps.
    public func deadline(for variant: Variant) -> Duration {
        guard let cell = cells[variant] else { return .seconds(10) }
        return TestTime(test: cell.test, warmUp: plan.spec.warmUp.duration).longest + .seconds(cell.pairs.count)
    }

    /// A server at one place, a client at the other, and what both report.
    public func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        guard let cell = cells[variant] else {
            throw TrialFailure(.failed, "\(variant) is not a variant of this experiment")
        }
        var probes = ProbePlanner(
            cell: cell, warmUp: plan.spec.warmUp, deadline: context.deadline, seed: context.seed)
        if cell.pairs.count > 1 {
            probes.cell.test.processors = .any
            return try await PairsTrial(layouts: plan.layouts(of: cell), family: cell.family, probes: probes)
                .run(on: context.testbed)
        }
        let trial = ClientServerTrial(
            layout: plan.layout(of: cell), proxy: plan.spec.proxy, family: cell.family, probes: probes)
        return try await trial.run(on: context.testbed)
    }
}

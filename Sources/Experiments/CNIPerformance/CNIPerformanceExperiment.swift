public import Contract
public import LinuxHost
import Probes
import Quantities
public import Resources
import Statistics
public import Testbed

/// The data path of pod networks: throughput, latency and connection rate, by network, path and test.
public struct CNIPerformanceExperiment: Experiment {
    private let plan: CNIPerformancePlan
    private let cells: [Variant: CNIPerformancePlan.Cell]
    private let features: [String: Set<KernelFeature>]

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
        features = Dictionary(
            topology.networks.map { ($0.name, ListedPlugins.kernelFeatures(of: $0.podNetwork)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// As the resource says.
    public var repetitions: Repetitions { plan.spec.repetitions }

    /// As the resource says.
    public var settle: Settle { plan.spec.settle }

    /// Everything that probes report, and what is worked out from both ends.
    public var metrics: [Metric] { ProbeMetrics.all }

    /// Throughput where there is any, the median latency elsewhere.
    public var decidingMetrics: [String] { [ProbeMetrics.throughput.name, ProbeMetrics.latencyP50.name] }

    /// As the resource says.
    public var seed: UInt64? { plan.spec.seed }

    /// What the measuring programs are that the tests use.
    public func facts() async -> [String: String] {
        var facts: [String: String] = [:]
        for tool in tools { facts.merge(await tool.facts()) { fact, _ in fact } }
        return facts
    }

    /// iperf3, when a test needs it; netperf is skipped instead, since Debian has it in non-free only.
    public func shortcomings() async -> [Shortcoming] {
        tools.filter { $0 == .iperf3 && $0.path == nil }.map {
            Shortcoming(what: "\($0.rawValue) is not installed", wayOut: $0.hint)
        }
    }

    /// Tests with netperf are skipped where it is missing.
    public func reasonToSkip(_ variant: Variant) async -> String? {
        guard let cell = cells[variant], cell.test.tool == .netperf else { return nil }
        return [ProbeTool.netperf, .netserver].first { $0.path == nil }.map {
            "\($0.rawValue) is not installed; \($0.hint)"
        }
    }

    /// Places that share an address with a pod beside them cannot be told apart by it.
    public func reasonToSkip(_ variant: Variant, on testbed: any Testbed) async -> String? {
        if let reason = await reasonToSkip(variant) { return reason }
        guard let cell = cells[variant] else { return nil }
        let places = plan.places(of: cell)
        return await testbed.sharedAddresses().first { shared in
            shared.address.family == cell.family && shared.confuses(places.client, places.server)
        }?.description
    }

    /// What the plugins of users' own lists make.
    public func kernelFeatures(of variant: Variant) -> Set<KernelFeature> {
        cells[variant].map { features[$0.network] ?? [] } ?? []
    }

    /// Warm-up, omitted part and duration, and what starting and ending costs.
    public func expectedDuration(of variant: Variant) -> Duration {
        guard let cell = cells[variant] else { return .zero }
        let overhead: Duration = cell.test.tool == .latency ? .milliseconds(35) : .milliseconds(130)
        return measuredDuration(of: cell) + overhead
    }

    /// Ten seconds more than it should take, and the time that one answer may take.
    public func deadline(for variant: Variant) -> Duration {
        guard let cell = cells[variant] else { return .seconds(10) }
        return measuredDuration(of: cell) + .seconds(10) + (cell.test.timeout?.duration ?? .zero)
    }

    /// A server at one place, a client at the other, and what both report.
    public func measure(_ variant: Variant, on testbed: any Testbed) async throws(TrialFailure) -> Measurement {
        guard let cell = cells[variant] else {
            throw TrialFailure(.failed, "\(variant) is not a variant of this experiment")
        }
        let trial = ClientServerTrial(
            places: plan.places(of: cell),
            family: cell.family,
            probes: ProbePlanner(cell: cell, warmUp: plan.spec.warmUp, deadline: deadline(for: variant))
        )
        return try await trial.run(on: testbed)
    }

    private func measuredDuration(of cell: CNIPerformancePlan.Cell) -> Duration {
        let lead = cell.test.omit?.duration ?? (cell.test.tool == .latency ? plan.spec.warmUp.duration : .zero)
        return lead + cell.test.duration.duration
    }

    private var tools: [ProbeTool] {
        let used = Set(plan.spec.tests.map(\.tool))
        return [(CNIPerformance.Tool.iperf3, ProbeTool.iperf3), (.netperf, .netperf)]
            .filter { used.contains($0.0) }
            .map(\.1)
    }
}

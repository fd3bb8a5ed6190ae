public import Contract
import Quantities
public import Resources
public import Testbed

/// The plugins of pod networks: how long they take, by density and concurrency, and whether they do as specified.
public struct CNIBenchmarkExperiment: Experiment {
    private let plan: CNIBenchmarkPlan
    private let cells: [Variant: CNIBenchmarkPlan.Cell]
    private let canaries = PluginCanaries()

    /// What is compared with what.
    public let design: Design
    /// Every network with every work, density and concurrency.
    public let variants: [Variant]
    /// A node for each network, side by side.
    public let topology: Topology

    init(_ resource: CNIBenchmark, directory: String) {
        plan = CNIBenchmarkPlan(spec: resource.spec, directory: directory)
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

    /// Latencies, rates and costs of operations on pods.
    public var metrics: [Metric] { CNIMetrics.all }

    /// The median of ADD, and how long a restart takes.
    public var decidingMetrics: [String] {
        [CNIMetrics.name(.add, "latency_p50"), CNIMetrics.stormDuration.name]
    }

    /// As the resource says.
    public var seed: UInt64? { plan.spec.seed }

    /// How many pods a trial measures.
    public var facts: [String: String] { ["cni.sampled_pods": "\(plan.spec.sampled)"] }

    /// What the plugins make, of a preset or of a user's own list.
    public func requirements(of variant: Variant) -> [Requirement] {
        cells[variant].flatMap { topology.network(named: $0.network.name) }
            .map { [Requirement(.podNetwork($0.podNetwork))] } ?? []
    }

    /// Networks that not every machine can carry, and lists of a user's own, are tried once with two pods.
    ///
    /// What a preset refuses is skipped, and so is what the machine lacks for a list; any other failure of a list is
    /// its own, and is measured. Pods that share an address cannot be measured between.
    public func obstacle(to variant: Variant, on testbed: any Testbed) async -> String? {
        guard let cell = cells[variant], PluginCanaries.needs(cell.network) else { return nil }
        let refusal = await canaries.refusal(ofNetwork: cell.network.name) { [plan] in
            await Self.tryOut(cell, plan, testbed)
        }
        guard let refusal else { return nil }
        guard case .conflist(let path) = cell.network.source else {
            return refusal.isRefused ? "it cannot be made here: \(refusal.reason)" : nil
        }
        if refusal.isSharedAddress, cell.needsTwoPods { return "\(path): \(refusal.reason)" }
        return refusal.isLack ? "it cannot be made here: \(refusal.reason)" : nil
    }

    /// Once: whether plugins do as specified is no matter of chance.
    public func repetitionLimit(of variant: Variant) -> Int? {
        switch cells[variant]?.work {
        case .conformance, .exhaustion: 1
        case .lifecycle, .restartStorm, nil: nil
        }
    }

    /// By the number of pods.
    public func expectedDuration(of variant: Variant) -> Duration {
        cells[variant].map { plan.expectedDuration(of: $0) } ?? .zero
    }

    /// By the number of pods, and with time for a plugin that hangs.
    public func deadline(for variant: Variant) -> Duration {
        cells[variant].map { plan.deadline(of: $0) } ?? .seconds(30)
    }

    /// One agent on the network's node does everything and reports.
    public func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        guard let cell = cells[variant] else {
            throw TrialFailure(.failed, "\(variant) is not a variant of this experiment")
        }
        return try await CNIBenchmarkTrial(
            place: .node(0, of: cell.network.name),
            deadline: context.deadline,
            seed: context.seed,
            required: cell.requiredMetrics
        )
        .run(on: context.testbed) { plan.operations(of: cell, at: $0) }
    }

    private static func tryOut(
        _ cell: CNIBenchmarkPlan.Cell,
        _ plan: CNIBenchmarkPlan,
        _ testbed: any Testbed
    ) async -> PluginRefusal? {
        let trial = CNIBenchmarkTrial(place: .node(0, of: cell.network.name), deadline: .seconds(60), seed: 0)
        return await trial.refusal(on: testbed) { site in
            var operations = plan.operations(of: cell, at: site)
            operations.work = .lifecycle
            operations.standing = 1
            operations.measured = 1
            operations.concurrency = 1
            // Plugins that attach and then fail their own CHECK are a finding, and no reason to look away.
            operations.checks = false
            return operations
        }
    }
}

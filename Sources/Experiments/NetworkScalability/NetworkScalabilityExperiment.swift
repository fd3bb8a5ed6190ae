public import Contract
import Quantities
public import Resources
public import Testbed

/// Service proxies: what connections and changes cost, by the proxy's mode and by how many services there are.
///
/// Every trial has a network of its own in an agent's namespace, so nothing of one mode is left for the next.
public struct NetworkScalabilityExperiment: Experiment {
    private let plan: NetworkScalabilityPlan
    private let cells: [Variant: NetworkScalabilityPlan.Cell]

    /// What is compared with what.
    public let design: Design
    /// Every mode with every number of services and of endpoints.
    public let variants: [Variant]

    init(_ resource: NetworkScalabilityTest) {
        plan = NetworkScalabilityPlan(spec: resource.spec)
        let cells = plan.cells
        self.cells = Dictionary(cells.map { ($0.variant, $0) }, uniquingKeysWith: { first, _ in first })
        variants = cells.map(\.variant)
        design = plan.design
    }

    /// Nothing: each trial brings its network along.
    public var topology: Topology { Topology(networks: [], nodes: 0, families: [.ipv4]) }

    /// As the resource says.
    public var repetitions: Repetitions { plan.spec.repetitions }

    /// As the resource says.
    public var settle: Settle { plan.spec.settle }

    /// Costs of the data path and of the control path.
    public var metrics: [Metric] { ServiceMetrics.all }

    /// The median of new connections, and how long it takes to bring everything in.
    public var decidingMetrics: [String] {
        [ServiceMetrics.connect(plan.mainPosition, "p50"), ServiceMetrics.name(.program, .wall)]
    }

    /// As the resource says.
    public var seed: UInt64? { plan.spec.seed }

    /// By the mode: IPVS most of all is not in every kernel.
    public func requirements(of variant: Variant) -> [Requirement] {
        cells[variant].map { [Requirement(.serviceProxy($0.proxy))] } ?? []
    }

    /// Modes that have nothing to measure.
    public func obstacle(to variant: Variant, on testbed: any Testbed) async -> String? {
        cells[variant].flatMap(plan.nothingToMeasure)
    }

    /// By the mode and the number of services.
    public func expectedDuration(of variant: Variant) -> Duration {
        cells[variant].map(plan.expectedDuration) ?? .zero
    }

    /// By the mode and the number of services, with room for emulated processors.
    public func deadline(for variant: Variant) -> Duration {
        cells[variant].map(plan.deadline) ?? .seconds(60)
    }

    /// One agent in a namespace of its own does everything and reports.
    public func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        guard let cell = cells[variant] else {
            throw TrialFailure(.failed, "\(variant) is not a variant of this experiment")
        }
        let probe = ProbePlan(
            probe: plan.probe(for: cell),
            deadlineSeconds: Double(context.deadline.components.seconds),
            seed: context.seed
        )
        let report: ProbeReport
        do throws(TestbedError) {
            report = try await context.testbed.withProbe(probe, at: .scratch) { session throws(TestbedError) in
                var report = ProbeReport()
                try await report.readToEnd(session)
                return report
            }
        } catch {
            throw TrialFailure(error)
        }
        guard report.isComplete else { throw report.failure(at: .scratch) }
        guard !report.samples.isEmpty else { throw TrialFailure(.invalid, "the agent reported no number") }
        return Measurement(
            samples: report.samples, histograms: report.histograms, artifacts: report.artifacts, remarks: report.remarks
        )
    }
}

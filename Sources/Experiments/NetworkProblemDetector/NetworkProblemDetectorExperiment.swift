public import Contract
import Quantities
public import Resources
public import Testbed
import Watches

/// One watch of a network: agents at every place check each other for a while, and what is at fault is named.
public struct NetworkProblemDetectorExperiment: Experiment {
    private let layout: DetectorLayout

    /// Nothing is compared.
    public let design: Design
    /// One: the network.
    public let variants: [Variant]

    private static let factor = "network"

    init(_ resource: NetworkProblemDetector) {
        layout = DetectorLayout(spec: resource.spec)
        let name = resource.spec.network.rawValue
        variants = [Variant([Variant.Level(Self.factor, name)])]
        design = Design(comparedFactor: nil, factors: [Design.Factor(name: Self.factor, levels: [name])])
    }

    /// Nodes with pods, all of them with an agent.
    public var topology: Topology { layout.topology }

    /// As the resource says.
    public var repetitions: Repetitions { layout.spec.repetitions }

    /// None: a watch has to do without a quiet machine.
    public var settle: Settle {
        Settle(maximumBackground: Ratio(fraction: 1), window: .milliseconds(1), patience: .milliseconds(1))
    }

    /// Checks, findings, and what agents cost.
    public var metrics: [Metric] { DetectorMetrics.all }

    /// The median round trip.
    public var decidingMetrics: [String] { [DetectorMetrics.rttP50.name] }

    /// As the resource says.
    public var seed: UInt64? { layout.spec.seed }

    /// It is there from when every agent has seen a window.
    public var isStanding: Bool { true }

    /// What is covered: a watch of some pairs says nothing of the others.
    public var facts: [String: String] {
        let coverage = layout.neighbourhood.coverage
        return [
            "watch.checks": "\(layout.map.checks.count)",
            "watch.pairs": "\(coverage.directedPairs) of \(layout.spec.nodes * (layout.spec.nodes - 1))",
            "watch.neighbours": "\(coverage.fewest) to \(coverage.most)",
        ]
    }

    /// What makes the services, where there are some.
    public func requirements(of variant: Variant) -> [Requirement] {
        layout.map.services.isEmpty ? [] : [Requirement(.serviceProxy(layout.spec.proxy), isEssential: true)]
    }

    /// The watch, and the agents' start.
    public func expectedDuration(of variant: Variant) -> Duration {
        layout.spec.duration.duration + DetectorTrial.lead(places: layout.places.count)
    }

    /// The same with room, and for the analysis of every window.
    public func deadline(for variant: Variant) -> Duration {
        expectedDuration(of: variant) + .seconds(20) + .milliseconds(200) * layout.windows
    }

    /// The first places of two nodes.
    public func ends(of variant: Variant) -> (client: Place, server: Place)? {
        let network = layout.spec.network.rawValue
        return layout.spec.podsPerNode > 0
            ? (.pod(0, on: 0, of: network), .pod(0, on: 1, of: network))
            : (.node(0, of: network), .node(1, of: network))
    }

    /// Services, where they are asked for.
    public func standIns(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition] {
        guard !layout.map.services.isEmpty else { return [] }
        return layout.standIns(try await DetectorTrial.addresses(of: layout.places, on: testbed))
    }

    /// The whole watch.
    public func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        try await DetectorTrial(layout: layout).run(in: context)
    }
}

import Contract
import Experiments
import LinuxHost
import Quantities
import Resources
import Statistics
import Synchronization
import Testbed

/// An experiment whose trials do what a test says.
final class StubExperiment: Experiment {
    let design: Design
    let variants: [Variant]
    let topology = Topology(
        networks: [NetworkPlan(name: "bridge", podNetwork: .bridge, fabric: .routes, podsOnNode: [1])],
        nodes: 1,
        families: [.ipv4]
    )
    let repetitions: Repetitions
    let settle: Settle
    let metrics = [
        Metric(
            name: "latency_p50",
            unit: "s",
            better: .lower,
            description: "round trip",
            minimumRelevantChange: 0.05,
            judged: true
        )
    ]
    let decidingMetrics = ["latency_p50"]
    let seed: UInt64?

    private let skipped: Set<String>
    private let once: Set<String>
    private let requires: [String: [Requirement]]
    private let batches: [String: String]
    private let placed: [String: [PlacedCondition]]
    private let stands: [PlacedCondition]
    private let observe: @Sendable (Variant, TrialContext) -> Void
    private let trial: @Sendable (Variant, Int) async throws(TrialFailure) -> Measurement
    /// What a trial does that stands; nil for one that only measures.
    private let standing: (@Sendable (TrialContext) async -> Measurement)?
    private let counts = Mutex<[Variant: Int]>([:])

    init(
        networks: [String] = ["bridge", "overlay"],
        repetitions: Repetitions = Repetitions(minimum: 3, maximum: 3),
        skipped: Set<String> = [],
        once: Set<String> = [],
        requires: [String: [Requirement]] = [:],
        batches: [String: String] = [:],
        conditions placed: [String: [PlacedCondition]] = [:],
        standIns stands: [PlacedCondition] = [],
        observe: @escaping @Sendable (Variant, TrialContext) -> Void = { _, _ in },
        seed: UInt64? = 11,
        standing: (@Sendable (TrialContext) async -> Measurement)? = nil,
        _ trial: @escaping @Sendable (Variant, Int) async throws(TrialFailure) -> Measurement
    ) {
        variants = networks.map { Variant([.init("network", $0)]) }
        design = Design(
            comparedFactor: "network",
            baseline: nil,
            factors: [.init(name: "network", levels: networks)]
        )
        self.repetitions = repetitions
        self.skipped = skipped
        self.once = once
        self.requires = requires
        self.batches = batches
        self.placed = placed
        self.stands = stands
        self.observe = observe
        settle = Settle(maximumBackground: Ratio(fraction: 0.5), window: .milliseconds(1), patience: .milliseconds(1))
        self.seed = seed
        self.standing = standing
        self.trial = trial
    }

    /// One whose trials stand.
    convenience init(standing: @escaping @Sendable (TrialContext) async -> Measurement) {
        self.init(networks: ["bridge"], repetitions: Repetitions(minimum: 1, maximum: 1), standing: standing) { _, _ in
            Measurement()
        }
    }

    var isStanding: Bool { standing != nil }

    var facts: [String: String] { ["tool.scripted": "1"] }
    func requirements(of variant: Variant) -> [Requirement] { requires[variant.description] ?? [] }
    func batch(of variant: Variant) -> String? { batches[variant.description] }
    func conditions(of variant: Variant) -> [PlacedCondition] { placed[variant.description] ?? [] }
    func standIns(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition] { stands }
    func obstacle(to variant: Variant, on testbed: any Testbed) async -> String? {
        skipped.contains(variant.description) ? "the tool is not installed" : nil
    }
    func repetitionLimit(of variant: Variant) -> Int? { once.contains(variant.description) ? 1 : nil }
    func expectedDuration(of variant: Variant) -> Duration { .milliseconds(10) }
    func deadline(for variant: Variant) -> Duration { .seconds(5) }

    func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        observe(variant, context)
        if let standing { return await standing(context) }
        let count = counts.withLock { counts in
            counts[variant, default: 0] += 1
            return counts[variant, default: 0]
        }
        return try await trial(variant, count)
    }
}

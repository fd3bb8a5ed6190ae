import Contract
public import Experiments
import Quantities
import Resources

/// What a run would do, worked out without doing it.
public struct RunPlan: Sendable, Equatable {
    /// The variants' names, in the order of the resource.
    public let variants: [String]
    /// Blocks that are run at least.
    public let minimumBlocks: Int
    /// Blocks that are run at most.
    public let maximumBlocks: Int
    /// How long the least number of blocks takes.
    public let minimumDuration: Duration
    /// How long the greatest number of blocks takes.
    public let maximumDuration: Duration
    /// The order of the first block.
    public let firstBlock: [String]

    /// The plan of an experiment under a seed.
    public init(_ experiment: any Experiment, seed: UInt64) {
        let rule = experiment.repetitions
        let estimate = TimeEstimate(experiment)
        let block = experiment.variants.reduce(Duration.zero) { $0 + estimate.duration(of: $1) }
        variants = experiment.variants.map(\.key)
        minimumBlocks = rule.minimum
        maximumBlocks = rule.maximum
        let (least, most) = (block * rule.minimum, block * rule.maximum)
        minimumDuration = least
        maximumDuration = rule.within.map { max(least, min(most, $0.duration)) } ?? most
        firstBlock = BlockSchedule(seed: seed).order(ofBlock: 1, among: experiment.variants).map(\.key)
    }
}

public import Experiments
import Statistics

/// The order of trials: block by block, each block once through the variants that are still open, shuffled by the seed.
///
/// A block's order depends on the seed and the block's number alone, so a run can be repeated trial for trial.
public struct BlockSchedule: Sendable, Equatable {
    private let seed: UInt64

    /// A schedule from a run's seed.
    public init(seed: UInt64) {
        self.seed = seed
    }

    /// The variants of a block (from 1) in the order in which they are run.
    public func order(ofBlock block: Int, among variants: [Variant]) -> [Variant] {
        var generator = SeededGenerator(seed: seed &+ UInt64(block) &* 0x9E37_79B9_7F4A_7C15)
        return variants.shuffled(using: &generator)
    }
}

public import Contract
import Experiments
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
        // The block's number goes through the generator, too: neighbouring seeds of SplitMix64 give shifted sequences.
        var blocks = SeededGenerator(seed: UInt64(block))
        var runs = SeededGenerator(seed: seed)
        var generator = SeededGenerator(seed: blocks.next() ^ runs.next())
        return generator.shuffled(variants)
    }
}

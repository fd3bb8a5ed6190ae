import Contract
import Experiments
import Quantities
import Resources
import Testing

@testable import Coordinator

@Suite("How long the rest of a run takes")
struct TimeEstimateTests {
    private static let first = Variant([.init("network", "bridge")])
    private static let second = Variant([.init("network", "overlay")])
    private static let experiment = StubExperiment { _, _ in Measurement(samples: []) }

    /// What the experiment expects, with the window of the gate and what a trial costs beside that.
    private static let expected = Duration.milliseconds(10 + 1 + 5)

    @Test("before the first trial, the experiment's own expectation counts, with the gate")
    func expectation() {
        let estimate = TimeEstimate(Self.experiment)
        #expect(estimate.duration(of: Self.first) == Self.expected)
        #expect(estimate.duration(of: Variant([.init("network", "unknown")])) == .zero)
    }

    @Test("what was measured counts from then on, as the mean of a variant's trials")
    func measured() {
        var estimate = TimeEstimate(Self.experiment)
        estimate.record(.seconds(2), of: Self.first)
        #expect(estimate.duration(of: Self.first) == .seconds(2))
        estimate.record(.seconds(4), of: Self.first)
        #expect(estimate.duration(of: Self.first) == .seconds(3))
        #expect(estimate.duration(of: Self.second) == Self.expected)
    }

    @Test("the rest of the block and the blocks after it are added up")
    func remaining() {
        var estimate = TimeEstimate(Self.experiment)
        estimate.record(.seconds(2), of: Self.first)
        estimate.record(.seconds(5), of: Self.second)
        let open = [Self.first, Self.second]
        #expect(estimate.remaining(inBlock: [Self.second], blocksAfter: 3, open: open) == .seconds(5 + 3 * 7))
        #expect(estimate.remaining(inBlock: open, blocksAfter: 0, open: open) == .seconds(7))
        #expect(estimate.remaining(inBlock: [], blocksAfter: 2, open: [Self.first]) == .seconds(4))
        #expect(estimate.remaining(inBlock: [Self.first], blocksAfter: -1, open: open) == .seconds(2))
    }
}

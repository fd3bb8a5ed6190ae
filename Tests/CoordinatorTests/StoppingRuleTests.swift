import Contract
import Experiments
import Quantities
import Resources
import Statistics
import Testing

@testable import Coordinator

@Suite("When a variant has been repeated often enough")
struct StoppingRuleTests {
    private static func variant(_ network: String, _ test: String = "rr") -> Variant {
        Variant([.init("network", network), .init("test", test)])
    }

    private let bridge = variant("bridge")
    private let overlay = variant("overlay")

    private func rule(_ minimum: Int, _ maximum: Int, _ width: Double?) -> StoppingRule {
        StoppingRule(
            rule: Repetitions(
                minimum: minimum, maximum: maximum, untilRelativeHalfWidth: width.map(Ratio.init(fraction:))),
            comparedFactor: "network",
            decidingMetrics: ["latency_p50"],
            seed: 1
        )
    }

    private func measurement(_ value: Double) -> Measurement {
        Measurement(samples: [.init(metric: "latency_p50", value: value)])
    }

    @Test("nothing ends before the minimum, however narrow its interval")
    func minimum() {
        // One more than an interval needs at least.
        var rule = rule(Precision.fewestValues + 2, 30, 0.05)
        for block in 1...(Precision.fewestValues + 1) {
            rule.record(measurement(1), of: bridge)
            #expect(rule.endings(afterBlock: block, open: [bridge]).isEmpty)
        }
        rule.record(measurement(1), of: bridge)
        #expect(rule.endings(afterBlock: Precision.fewestValues + 2, open: [bridge]).count == 1)
    }

    @Test("narrow intervals end a group after the minimum, and it says so")
    func precise() {
        var rule = rule(6, 30, 0.05)
        for step in 1...6 {
            rule.record(measurement(1 + Double(step) * 0.001), of: bridge)
        }
        let endings = rule.endings(afterBlock: 6, open: [bridge])
        #expect(endings.map(\.variants) == [[bridge]])
        guard case .precise(let widest)? = endings.first?.ending else {
            Issue.record("it ended as \(String(describing: endings.first?.ending))")
            return
        }
        #expect(widest <= 0.05)
    }

    @Test("variants that are compared stop together: a wide one keeps the narrow one going")
    func together() {
        var rule = rule(6, 30, 0.05)
        for step in 1...6 {
            rule.record(measurement(1), of: bridge)
            rule.record(measurement(Double(step)), of: overlay)
        }
        #expect(rule.endings(afterBlock: 6, open: [bridge, overlay]).isEmpty)
        let other = Self.variant("bridge", "crr")
        for _ in 1...6 { rule.record(measurement(1), of: other) }
        #expect(rule.endings(afterBlock: 6, open: [bridge, overlay, other]).map(\.variants) == [[other]])
    }

    @Test("the maximum ends everything, and the widest interval is told")
    func maximum() {
        var rule = rule(2, 6, 0.05)
        for step in 1...6 { rule.record(measurement(Double(step)), of: bridge) }
        guard case .maximum(.some(let widest))? = rule.endings(afterBlock: 6, open: [bridge]).first?.ending else {
            Issue.record("it did not end at the maximum")
            return
        }
        #expect(widest > 0.05)
    }

    @Test("the widest interval of all that are compared is told, whichever variant has it", arguments: [true, false])
    func widestOfSeveral(isFirst: Bool) throws {
        let (narrow, wide) = isFirst ? (overlay, bridge) : (bridge, overlay)
        let values = [1, 2, 3, 4, 5, 6.0]
        var rule = rule(6, 6, 0.05)
        for value in values {
            rule.record(measurement(1), of: narrow)
            rule.record(measurement(value), of: wide)
        }
        let width = try #require(Precision.relativeHalfWidth(of: values, seed: 1))
        #expect(rule.endings(afterBlock: 6, open: [bridge, overlay]).map(\.ending) == [.maximum(widest: width)])
    }

    @Test("a target that is just reached ends the group, and one that is just missed does not")
    func boundary() throws {
        let values = [1, 2, 3, 4, 5, 6.0]
        let width = try #require(Precision.relativeHalfWidth(of: values, seed: 1))
        for (target, ends) in [(width, true), (width.nextDown, false)] {
            var rule = rule(6, 30, target)
            for value in values { rule.record(measurement(value), of: bridge) }
            #expect(rule.endings(afterBlock: 6, open: [bridge]).isEmpty != ends)
        }
    }

    @Test("an interval that is not known yet keeps the narrow ones it is compared with going")
    func unknownNeighbour() {
        var rule = rule(6, 30, 0.05)
        for _ in 1...6 { rule.record(measurement(1), of: bridge) }
        // It failed five times of six: one value is no interval.
        rule.record(measurement(1), of: overlay)
        #expect(rule.endings(afterBlock: 6, open: [bridge, overlay]).isEmpty)
        #expect(rule.endings(afterBlock: 30, open: [bridge, overlay]).map(\.ending) == [.maximum(widest: nil)])
    }

    @Test("a variant that fails every time does not keep the ones it is compared with from ending")
    func failingNeighbour() {
        var rule = rule(6, 30, 0.05)
        for _ in 1...6 { rule.record(measurement(1), of: bridge) }
        #expect(rule.endings(afterBlock: 6, open: [bridge, overlay]).map(\.variants) == [[bridge, overlay]])
    }

    @Test("a group without a number is never precise; it ends at the maximum with nothing known")
    func unmeasured() {
        let rule = rule(2, 6, 0.05)
        #expect(rule.endings(afterBlock: 5, open: [bridge]).isEmpty)
        #expect(rule.endings(afterBlock: 6, open: [bridge]).map(\.ending) == [.maximum(widest: nil)])
    }

    @Test("after the minimum nothing is begun that would not end in time, and it says so")
    func time() {
        let rule = StoppingRule(
            rule: Repetitions(minimum: 2, maximum: 6, within: .seconds(10)), comparedFactor: "network",
            decidingMetrics: ["latency_p50"], seed: 1)
        func endings(_ block: Int, _ seconds: Int) -> [StoppingRule.Ending] {
            rule.endings(afterBlock: block, open: [bridge, overlay], nextWouldEnd: .seconds(seconds)).map(\.ending)
        }
        #expect(endings(1, 60).isEmpty)
        #expect(endings(2, 10).isEmpty)
        #expect(endings(2, 11) == [.time(limit: .seconds(10))])
        #expect(endings(6, 11) == [.maximum(widest: nil)])
        #expect(
            StoppingRule.Ending.time(limit: .seconds(10)).words(afterBlock: 2)
                == "another would not end within 10s, after 2 repetitions")
    }

    @Test("without a target every group runs to the maximum")
    func noTarget() {
        var rule = rule(2, 4, nil)
        for _ in 1...3 { rule.record(measurement(1), of: bridge) }
        #expect(rule.endings(afterBlock: 3, open: [bridge]).isEmpty)
        #expect(rule.endings(afterBlock: 4, open: [bridge]).count == 1)
    }
}

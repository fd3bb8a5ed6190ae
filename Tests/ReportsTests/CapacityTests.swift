import Contract
import Foundation
import Results
import Statistics
import Testing

@testable import Reports

@Suite("capacity, cost and the family of questions")
struct CapacityTests {
    /// Two networks over three sizes, six trials each, whose values are what the closure says, a little apart.
    private static func run(
        limit: Double?, better: Direction = .lower, trials: Int = 6, _ value: (String, Double) -> Double?
    ) -> ReportModel {
        var run = ScaleRun.small
        run.metrics = [SampleRun.metric("add", "s", better, 0.05, judged: true, "Time of ADD.")]
        run.design.thresholds = limit.map { [.init(metric: "add", limit: $0)] }
        run.trials = (0..<trials).flatMap { block in
            ["bridge", "floor|"].flatMap { network in
                ["1", "10", "100"].map { pods in
                    let found = value(network, LevelNumber(pods)?.value ?? 0)
                    return RunTrial(
                        id: "\(block)\(network)\(pods)", variant: network + pods,
                        factors: ["network": network, "pods": pods], block: block, position: 0,
                        outcome: found == nil ? .failed : .completed,
                        samples: found.map { ["add": [.init(value: $0 * (1 + Double(block) / 1000))]] } ?? [:]
                    )
                }
            }
        }
        return ReportModel(run)
    }

    private static func cells(_ model: ReportModel) -> [ReportTable.Cell] {
        CapacityTable.make(model).rows.first.map { Array($0.suffix(2)) } ?? []
    }

    @Test("the largest size within the limit, and what the next one is like; a lower bound says so")
    func largest() {
        let model = Self.run(limit: 0.05) { network, pods in network == "bridge" ? 0.001 * pods : 0.01 }
        #expect(Self.cells(model).map(\.text) == ["10", "at least 100"])
        #expect(Self.cells(model)[0].detail.hasPrefix("100: 100 ms, up to 10"))
        #expect(CapacityTable.make(model).header == ["Metric", "Limit", "bridge", "floor|"])
        #expect(CapacityTable.make(model).rows[0][1].text == "≤ 50.0 ms")
    }

    @Test("the whole interval has to be within the limit, and not the median alone")
    func interval() {
        let model = Self.run(limit: 0.01002) { _, _ in 0.01 }
        #expect(Self.cells(model).map(\.text) == ["none", "none"])
    }

    @Test("a size without a value is no proof, and a smaller size over the limit is named")
    func gaps() {
        let model = Self.run(limit: 0.05) { network, pods in
            network == "bridge" ? (pods == 100 ? nil : 0.01) : pods == 10 ? 0.2 : 0.01
        }
        #expect(Self.cells(model).map(\.text) == ["10", "at least 100"])
        #expect(Self.cells(model).map(\.detail) == ["100: no value", "not at 10"])
    }

    @Test("where more is better the limit is a floor")
    func floor() {
        let model = Self.run(limit: 50, better: .higher) { _, pods in 1_000 / pods }
        #expect(Self.cells(model).map(\.text) == ["10", "10"])
        #expect(CapacityTable.make(model).rows[0][1].text == "≥ 50.0 s")
    }

    @Test("single trials have no interval to judge by")
    func single() {
        let model = Self.run(limit: 1, trials: 1) { _, _ in 0.01 }
        #expect(Self.cells(model).map(\.text) == ["unknown", "unknown"])
    }

    @Test("a limit for a metric without a curve is announced, and no limits make no table")
    func unknown() {
        var run = ScaleRun.small
        run.design.thresholds = [.init(metric: "gone", limit: 1)]
        #expect(ReportModel(run).notes.contains { $0.hasPrefix("The design has a limit for gone") })
        #expect(CapacityTable.make(Self.run(limit: nil) { _, _ in 1 }).rows.isEmpty)
    }

    @Test("the cost of one more is the slope, in its own unit; where the interval holds 0 none was found")
    func cost() {
        let model = Self.run(limit: nil) { network, pods in network == "bridge" ? 0.01 + 5e-6 * pods : 0.01 }
        let cells = CostTable.make(model, model.curveSets).rows[0].suffix(2)
        #expect(cells.first?.text.hasPrefix("5.0") == true && cells.first?.text.hasSuffix(" µs") == true)
        #expect(cells.last?.text == "none found")
        let rates = Self.run(limit: nil, better: .higher) { _, pods in pods }
        #expect(CostTable.make(rates, rates.curveSets).rows.isEmpty)
    }

    @Test("with sizes each metric is a family, so that six repetitions are enough; without, all are one")
    func families() {
        let judged = ProxyRun.metrics.count(where: \.judged)
        let model = ProxyRun.model
        #expect(judged * ProxyRun.sizes.count > 23 && !model.notes.contains { $0.hasPrefix("Too few repetitions") })
        let slower = model.comparisons.flatMap(\.rows).filter {
            $0.metric.name == "connect_random_p50" && $0.result.verdict == .regressed
        }
        #expect(!slower.isEmpty)
        var plain = ProxyRun.standard
        plain.design.scaleFactor = nil
        plain.metrics.removeAll { !$0.judged }
        #expect(ReportModel(plain).notes.contains { $0.hasPrefix("Too few repetitions") })
        let again = RunComparison(base: ProxyRun.standard, candidate: ProxyRun.run(seed: 12))
        #expect(again.rows.allSatisfy { $0.result.interval != nil })
        #expect(again.count(.unchanged) > 0 && again.count(.regressed) == 0)
    }
}

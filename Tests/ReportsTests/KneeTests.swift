import Contract
import Results
import Statistics
import Testing

@testable import Reports

@Suite("the knee in reports")
struct KneeTests {
    private static let rates = ["1000/s", "2000/s", "4000/s", "8000/s"]

    /// Two networks along rates: one bends between, the other never does.
    private static func model(scale: String? = "rate", unit: String = "s", name: String = "latency_p99") -> ReportModel
    {
        var run = ScaleRun.small
        run.metrics = [
            SampleRun.metric(name, unit, .lower, 0.05, judged: true, "Most answers took at most this.")
        ]
        run.design = Design(
            comparedFactor: "network",
            factors: [.init(name: "network", levels: ["bridge", "overlay"]), .init(name: "rate", levels: rates)],
            scaleFactor: scale
        )
        run.trials = (0..<6).flatMap { block in
            ["bridge", "overlay"].flatMap { network in
                rates.map { rate in
                    let isLate = network == "overlay" && ["4000/s", "8000/s"].contains(rate)
                    return RunTrial(
                        id: "\(block)\(network)\(rate)", variant: network + rate,
                        factors: ["network": network, "rate": rate], block: block, position: 0, outcome: .completed,
                        samples: [name: [.init(value: (isLate ? 10e-3 : 1e-3) * (1 + Double(block) / 100))]]
                    )
                }
            }
        }
        return ReportModel(run)
    }

    @Test("it is said with its latency and its interval, and as a lower bound where nothing bends")
    func table() throws {
        let table = KneeTable.make(Self.model())
        #expect(table.header == ["Metric", "bridge", "overlay"])
        let cells = try #require(table.rows.first).suffix(2)
        #expect(cells.map(\.text) == ["at least 8000/s", "2000/s"])
        #expect(cells.map(\.detail) == ["1.03 ms there; no other rate", "1.03 ms there; no other rate"])
    }

    @Test("programs read it, and a picture has a ring around the one that bends")
    func formats() throws {
        let model = Self.model()
        let growth = CurveJSON.growth(model)
        #expect(growth.map { $0.knee?.rate } == [8_000, 2_000])
        #expect(growth.map { $0.knee?.isLowerBound } == [true, false])
        #expect(MarkdownReport.document(model).contains("## Knee"))
        let scripts = ScaleCatalogue(model: model, scale: try #require(model.layout.scale), stem: "x").charts.map(
            \.script)
        #expect(scripts.contains { $0.contains("$knee0") && !$0.contains("$knee1") })
        #expect(scripts.contains { $0.contains("rings: knees") })
    }

    @Test("sizes that are no rates and values that are no latency have none")
    func none() {
        #expect(KneeTable.make(Self.model(unit: "B")).rows.isEmpty)
        #expect(KneeTable.make(Self.model(scale: nil)).rows.isEmpty)
        // Processor time is a time, and no latency.
        #expect(KneeTable.make(Self.model(name: "cpu_per_kilotransaction")).rows.isEmpty)
        #expect(KneeTable.make(ScaleRun.model).rows.isEmpty)
    }
}

import Contract
import Results
import Statistics
import Testing

@testable import Reports

@Suite("factors find their place in a picture by what was recorded, not by name")
struct LayoutTests {
    @Test("a factor whose levels record different metrics makes facets; the other one groups")
    func infers() {
        let layout = SampleRun.model.layout
        #expect(layout.compared == "network" && layout.levels == SampleRun.networks)
        #expect(layout.panelFactor == "path" && layout.panels == SampleRun.paths)
        #expect(layout.facets.map(\.label) == SampleRun.tests)
        #expect(layout.constants.map(\.name) == ["family"])
    }

    @Test("the baseline comes first, whatever its place in the design")
    func baselineFirst() {
        var design = SampleRun.design
        design.factors[0].levels = ["bridge", "ptp", "host", "overlay"]
        let layout = FactorLayout(design: design, trials: SampleRun.standard.trials)
        #expect(layout.levels == ["host", "bridge", "ptp", "overlay"])
    }

    @Test("a factor that applies to some trials only makes facets of its own")
    func partialFactor() {
        var run = SampleRun.standard
        for index in run.trials.indices where run.trials[index].factors["test"] != "stream" {
            run.trials[index].factors["messageSize"] = index.isMultiple(of: 2) ? "64B" : "1KiB"
        }
        let layout = FactorLayout(design: run.design.completed(by: run.trials), trials: run.trials)
        #expect(layout.panelFactor == "path")
        #expect(layout.facets.first?.label == "stream")
        #expect(layout.facets.contains { $0.label == "rr · 64B" || $0.label == "rr · 1KiB" })
    }

    @Test("a run without a design or a single trial still makes a report")
    func nothing() {
        var run = SampleRun.standard
        run.trials = []
        run.design = Design(comparedFactor: "", factors: [])
        let model = ReportModel(run)
        #expect(model.cells.isEmpty && model.comparisons.isEmpty && ChartCatalogue.charts(model).isEmpty)
        for format in ReportFormat.allCases { #expect(!Report.render(format, run).isEmpty) }
    }

    @Test("metrics that are zero or negative everywhere still have axes that gnuplot accepts")
    func degenerateAxes() throws {
        var run = SmallRun.run
        for index in run.trials.indices { run.trials[index].samples["latency_p50"]?[0].value = 0 }
        let zero = ChartCatalogue.charts(ReportModel(run)).filter { $0.name.hasPrefix("small-latency") }
        #expect(zero.count == 2 && zero.allSatisfy { $0.script.contains("set yrange [0.0:1.0]") })
        for index in run.trials.indices { run.trials[index].samples["latency_p50"]?[0].value = -2 }
        let bars = try #require(ChartCatalogue.charts(ReportModel(run)).first { $0.name == "small-latency_p50" })
        #expect(bars.script.contains("set yrange [-2.36:1.0]"))
    }

    @Test("a level has one colour, and the baseline is grey")
    func palette() {
        let palette = Palette(levels: ["host"] + (0..<9).map { "n\($0)" }, baseline: "host")
        #expect(palette.style(of: "host").colour == Palette.baseline)
        #expect(Set((0..<7).map { palette.style(of: "n\($0)").colour }).count == 7)
        #expect(palette.style(of: "n0").colour == "#0072b2")
        #expect(palette.style(of: "n0") != palette.style(of: "n7"))
    }
}

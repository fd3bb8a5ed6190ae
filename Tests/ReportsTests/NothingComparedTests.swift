import Contract
import Foundation
import Results
import Testing

@testable import Reports

@Suite("a run that compares nothing")
struct NothingComparedTests {
    @Test("its variants have the colours, and there are no verdicts")
    func variants() throws {
        let model = ReportModel(VehicleRun.run(compared: "", scale: nil))
        #expect(model.layout.compared == nil && model.layout.baseline == nil && model.layout.panelFactor == nil)
        #expect(model.layout.levels.count == 18)
        #expect(model.layout.levels.prefix(2) == ["bike · distance 1 · flat", "bike · distance 1 · hilly"])
        #expect(model.comparisons.isEmpty && model.facets(recording: VehicleRun.metrics[0]).count == 1)
        let charts = ChartCatalogue.charts(model)
        #expect(!charts.contains { $0.name.contains("effects") })
        #expect(charts.first?.title == "Load takes by variant")
        for format in [ReportFormat.html, .markdown] {
            let text = Report.render(format, model.run)
            #expect(!text.contains("Verdicts") && !text.contains("Crossovers"))
        }
    }

    @Test("over sizes its curves are the variants, which do not cross each other")
    func curves() throws {
        let model = ReportModel(VehicleRun.run(compared: ""))
        #expect(
            model.layout.levels
                == VehicleRun.vehicles.flatMap { vehicle in VehicleRun.roads.map { "\(vehicle) · \($0)" } })
        #expect(!model.curveSets.isEmpty)
        #expect(model.curveSets.allSatisfy { $0.pairs.isEmpty && $0.curves.count == 6 })
        #expect(ChartCatalogue.charts(model).map(\.name).contains("race-takes-by-distance"))
        for format in [ReportFormat.html, .markdown] {
            let text = Report.render(format, model.run)
            #expect(text.contains("Capacity") && !text.contains("Verdicts") && !text.contains("Crossovers"))
        }
    }

    @Test("programs are told the levels of every factor")
    func levels() throws {
        let run = VehicleRun.run(compared: "")
        let object = try JSONSerialization.jsonObject(with: Data(Report.render(.json, run).utf8))
        let report = try #require((object as? [[String: Any]])?.first)
        let factors = try #require((report["measurements"] as? [[String: Any]])?.first?["factors"] as? [String: String])
        #expect(factors == ["vehicle": "bike", "road": "flat", "distance": "1"])
        #expect(Report.render(.openmetrics, run).contains("distance=\"1\",road=\"flat\",vehicle=\"bike\""))
        #expect((report["comparisons"] as? [Any])?.isEmpty == true)
    }

    @Test("a factor whose levels record different metrics separates pictures, and does not make variants")
    func facets() {
        var run = SampleRun.standard
        run.design.comparedFactor = ""
        let layout = FactorLayout(design: run.design, trials: run.trials)
        #expect(layout.facets.map(\.levels["test"]) == SampleRun.tests)
        #expect(layout.levels.count == SampleRun.networks.count * SampleRun.paths.count)
        run.trials.removeAll { $0.factors["network"] != "host" || $0.factors["path"] != "same-node" }
        run.design.factors.removeAll { $0.name != "test" }
        for index in run.trials.indices {
            run.trials[index].factors = run.trials[index].factors.filter { $0.key == "test" }
        }
        #expect(FactorLayout(design: run.design, trials: run.trials).levels == ["all trials"])
    }

    @Test("two runs of it can be compared all the same")
    func runs() {
        let base = VehicleRun.run(compared: "")
        var candidate = base
        candidate.id += "2"
        for index in candidate.trials.indices { candidate.trials[index].id += "-2" }
        let comparison = RunComparison(base: base, candidate: candidate)
        #expect(comparison.emptiness == nil && comparison.rows.count == 4 * 18)
    }

    @Test("only a run without any design is compared by the first factor that varies")
    func inferred() {
        let trials = VehicleRun.run().trials
        #expect(Design.inferred(from: trials).compared == "distance")
        #expect(Design(comparedFactor: "", factors: []).completed(by: trials).compared == nil)
        #expect(Design(comparedFactor: "gone", factors: []).completed(by: trials).compared == "distance")
    }
}

import Contract
import Foundation
import Results
import Statistics
import Testing

@testable import Reports

@Suite("metrics as curves over a factor that is a scale")
struct CurveTests {
    let model = ScaleRun.model

    private func set(_ metric: String, _ panel: String) throws -> CurveSet {
        try #require(model.curveSets.first { $0.metric.name == metric && $0.panel == panel })
    }

    @Test("every judged metric has curves at every place, and the scale neither groups nor separates them")
    func sets() {
        #expect(model.layout.panelFactor == "position" && model.layout.scale?.factor == "services")
        let places = model.curveSets.map { "\($0.metric.name) \($0.panel)\($0.facet.label)" }
        #expect(places == ["connect_p50 first", "connect_p50 random", "program first", "program random"])
        #expect(model.layout.facets.map(\.label).contains("services 100"))
    }

    @Test("a size without values is a gap in the line, and never 0")
    func gaps() throws {
        let curves = try set("connect_p50", "random").curves
        let ipvs = try #require(curves.first { $0.level == "ipvs" })
        #expect(ipvs.points.map { $0.median == nil } == [false, false, false, true, false, false, false])
        #expect(ipvs.stretches { $0.median != nil }.map(\.count) == [3, 3])
        let name = "service-proxies-connect_p50-by-services"
        let chart = try #require(ChartCatalogue.charts(model).first { $0.name == name })
        #expect(Reading.words(chart.script).contains("ipvs · services 1000 · first: 6 of 6 trials failed."))
        let lines = chart.script.components(separatedBy: "\n").filter { $0.hasPrefix("plot ") }
        #expect(lines.count == 2 && lines.allSatisfy { $0.contains("$line4n0") && $0.contains("$line4n1") })
        #expect(lines.allSatisfy { !$0.contains("$line1n1") })
    }

    @Test("a point whose trials were mostly cut off is said to be a lower bound")
    func censored() throws {
        var run = ScaleRun.small
        for index in run.trials.indices where run.trials[index].variant == "bridge/100" {
            run.trials[index].samples["add"]?[0].censored = true
        }
        let chart = try #require(ChartCatalogue.charts(ReportModel(run)).first)
        #expect(
            Reading.words(chart.script).contains("In truth higher, since most trials were cut off: bridge · pods 100."))
    }

    @Test("bars over a scale are left out; boxes show its ends; what is not on a curve keeps its bars")
    func catalogue() {
        let names = ChartCatalogue.charts(model).map(\.name)
        #expect(
            names == [
                "service-proxies-connect_p50-by-services", "service-proxies-program-by-services",
                "service-proxies-effects", "service-proxies-trials", "service-proxies-others-by-services",
            ])
        let bars = ChartCatalogue.charts(ReportModel(ScaleRun.run(scaleFactor: nil))).map(\.name)
        #expect(bars.contains("service-proxies-connect_p50") && !bars.contains { $0.contains("-by-") })
    }

    @Test("axes are logarithmic where the numbers span enough")
    func axes() throws {
        // 50 µs at the first position would do with a linear axis; 480 µs at random beside it would not.
        #expect(try set("connect_p50", "first").axes == CurveAxes(isXLogarithmic: true, isYLogarithmic: true))
        #expect(try set("program", "first").axes == CurveAxes(isXLogarithmic: true, isYLogarithmic: true))
        let near = ReportModel(ScaleRun.run(sizes: ["1", "5", "10"]))
        #expect(near.curveSets.first?.axes == CurveAxes(isXLogarithmic: false, isYLogarithmic: false))
    }

    @Test("values of 0 and below cannot stand on a logarithmic axis, in whichever panel of a family they are")
    func notPositive() throws {
        for value in [0.0, -1] {
            var run = ScaleRun.small
            let other = try #require(run.trials.firstIndex { $0.factors["pods"] == "100" && $0.outcome == .completed })
            let wide = run.trials.indices.filter { run.trials[$0].factors["pods"] == "1" }
            for index in wide { run.trials[index].samples["add"] = [.init(value: 1e-6)] }
            #expect(ReportModel(run).curveSets.first?.axes.isYLogarithmic == true)
            run.trials[other].samples["add"] = [.init(value: value)]
            #expect(ReportModel(run).curveSets.first?.axes.isYLogarithmic == false)
        }
    }

    @Test("values at one size only are no curve")
    func oneSize() {
        var run = ScaleRun.small
        for index in run.trials.indices where run.trials[index].factors["pods"] != "1" {
            run.trials[index].outcome = .failed
        }
        #expect(ReportModel(run).curveSets.isEmpty)
        for index in run.trials.indices where run.trials[index].factors["pods"] == "100" {
            run.trials[index].outcome = run.trials[index].samples.isEmpty ? .failed : .completed
        }
        #expect(ReportModel(run).curveSets.count == 1)
    }

    @Test("iptables and nftables cross where the model that made the numbers says")
    func crossing() throws {
        let pairs = try set("connect_p50", "random").pairs
        #expect(pairs.count == 10)
        let pair = try #require(pairs.first { $0.first == "iptables" && $0.second == "nftables" })
        let crossing = try #require(pair.crossovers.first { $0.isClear })
        // 52 µs + N / 2 · 21 ns = 64 µs; between 1000 and 5000 the curve is drawn straight over a logarithm.
        #expect(crossing.x > 700 && crossing.x < 2_000 && crossing.isFirstLowerBefore)
        let flat = try set("connect_p50", "first").pairs
        #expect(flat.allSatisfy { $0.crossovers.allSatisfy { !$0.isClear } })
    }

    @Test("growth is a word for what the model that made the numbers does")
    func growth() throws {
        let curves = try set("connect_p50", "first").curves
        let words = curves.compactMap(\.growth).map(CurveTables.words)
        #expect(words == Array(repeating: "constant", count: 5))
        let table = CurveTables.growth(model, model.curveSets)
        #expect(table.header == ["Metric", "position", "none", "iptables", "iptables-nft", "nftables", "ipvs"])
        #expect(table.rows.count == 4 && table.rows[2][2].text == "no data" && table.rows[2][2].isMissing)
    }

    @Test("runs whose curves do not cross say so")
    func noCrossing() throws {
        var run = ScaleRun.run(positions: ["first"])
        for index in run.trials.indices {
            let factor = 1 + Double(ScaleRun.proxies.firstIndex(of: run.trials[index].factors["proxy"] ?? "") ?? 0)
            run.trials[index].samples = ["connect_p50": [.init(value: factor)]]
            run.trials[index].outcome = .completed
        }
        let model = ReportModel(run)
        #expect(!model.curveSets.isEmpty && !CurveTables.hasCrossovers(model))
        for format in [ReportFormat.html, .markdown] {
            #expect(Report.render(format, run).contains("No two curves cross between the sizes"))
        }
        let script = try #require(ChartCatalogue.charts(model).first?.script)
        #expect(Reading.words(script).contains("No two curves cross."))
        #expect(!script.contains("$crossings"))
    }

    @Test("a single curve has nothing to cross, and says so")
    func alone() {
        var run = ScaleRun.run(positions: ["first"])
        run.trials.removeAll { $0.factors["proxy"] != "ipvs" }
        run.design.factors[0].levels = ["ipvs"]
        let model = ReportModel(run)
        #expect(model.curveSets.count == 2 && model.curveSets.allSatisfy { $0.pairs.isEmpty })
        #expect(Report.render(.markdown, run).contains("There are no two curves that could cross."))
    }

    @Test(
        "a scale that cannot be read is announced, and metrics are bars as ever",
        arguments: [["few", "many"], ["7"], ["1", "2B"]]
    )
    func unreadable(sizes: [String]) {
        let model = ReportModel(ScaleRun.run(sizes: sizes))
        #expect(model.curveSets.isEmpty && model.layout.scale == nil)
        #expect(model.notes.contains { $0.hasPrefix("The design scales over services, but ") })
        let names = ChartCatalogue.charts(model).map(\.name)
        #expect(names.contains("service-proxies-connect_p50") && !names.contains { $0.contains("-by-") })
    }

    @Test("values that are not finite are gaps, and sizes of 0 or below make a linear axis")
    func oddNumbers() throws {
        var run = ScaleRun.run(sizes: ["0", "10", "1000"], positions: ["first"])
        for index in run.trials.indices where run.trials[index].factors["services"] == "10" {
            run.trials[index].samples["connect_p50"]?[0].value = .nan
            run.trials[index].samples["program"]?[0].value = .infinity
        }
        let model = ReportModel(run)
        let set = try #require(model.curveSets.first)
        #expect(set.axes == CurveAxes(isXLogarithmic: false, isYLogarithmic: false))
        #expect(set.emptySizes.map(\.text) == ["10"])
        #expect(set.curves.allSatisfy { $0.points[1].median == nil })
        let scripts = ChartCatalogue.charts(model).filter { $0.name.contains("-by-") }.map { Reading.words($0.script) }
        #expect(scripts.count == 3)
        #expect(scripts[0].contains("No value at all: ") && scripts[0].contains("services 10."))
        for script in scripts {
            #expect(!script.contains("set logscale x"))
        }
        for format in ReportFormat.allCases { #expect(!Report.render(format, run).isEmpty) }
    }

    @Test("facets with another factor beside the scale have curves of their own, and ones without a size keep bars")
    func facets() {
        var run = ScaleRun.run(positions: ["first"])
        for index in run.trials.indices {
            run.trials[index].factors["position"] = nil
            run.trials[index].factors["measure"] = run.trials[index].block < 3 ? "add" : "delete"
            if run.trials[index].block == 5 {
                run.trials[index].factors["measure"] = "idle"
                run.trials[index].factors["services"] = nil
                // What measures something else stands apart.
                run.trials[index].samples["idle_share"] = [.init(value: 1)]
            }
        }
        run.design.factors[2] = .init(name: "measure", levels: ["add", "delete", "idle"])
        let model = ReportModel(run)
        #expect(model.layout.panelFactor == nil)
        #expect(model.curveSets.map(\.facet.label) == ["add", "delete", "add", "delete"])
        #expect(model.facetsWithoutCurve(ScaleRun.p50).map(\.label) == ["idle"])
        let names = ChartCatalogue.charts(model).map(\.name)
        #expect(names.contains("service-proxies-connect_p50-by-services"))
        #expect(names.contains("service-proxies-connect_p50"))
    }

    @Test("the JSON holds growth and crossovers, open ends as words")
    func json() throws {
        let object = try JSONSerialization.jsonObject(with: Data(Report.render(.json, ScaleRun.standard).utf8))
        let run = try #require((object as? [[String: Any]])?.first)
        let growth = try #require(run["growth"] as? [[String: Any]])
        #expect(growth.count == 26 && growth[0]["scale"] as? String == "services")
        let pairs = try #require(run["crossovers"] as? [[String: Any]])
        #expect(pairs.count == 44 && pairs.allSatisfy { $0["crossings"] is [[String: Any]] })
        let plain = try JSONSerialization.jsonObject(with: Data(Report.render(.json, SmallRun.run).utf8))
        #expect((plain as? [[String: Any]])?.first?["growth"] == nil)
    }

    @Test("the Markdown, the page's sections and the gnuplot script are exactly what was looked at")
    func golden() throws {
        let small = ReportModel(ScaleRun.small)
        #expect(try Golden.matches(Report.render(.markdown, ScaleRun.small), "curves.md"))
        let page = Report.render(.html, ScaleRun.small)
        let start = try #require(page.range(of: "<section>\n<h2>Scale")).lowerBound
        let end = try #require(page.range(of: "<section>\n<h2>Numbers")).lowerBound
        #expect(try Golden.matches(String(page[start..<end]), "curves.html"))
        let chart = try #require(ChartCatalogue.charts(small).first)
        #expect(chart.name == "curves-add-by-pods")
        #expect(try Golden.matches(chart.commands, chart.name + ".gp"))
    }

    @Test("the design's key is optional, and comes back from its JSON")
    func codable() throws {
        let old = try JSONDecoder().decode(Design.self, from: Data(#"{"comparedFactor":"a","factors":[]}"#.utf8))
        #expect(old.scaleFactor == nil)
        let design = ScaleRun.standard.design
        #expect(try JSONDecoder().decode(Design.self, from: JSONEncoder().encode(design)) == design)
    }

    @Test("curves with gaps, hostile names and every number of panels are drawn without a complaint from gnuplot")
    func pictures() async throws {
        let directory = try Scratch()
        let hostile = ScaleRun.run(name: EscapeTests.nasty, sizes: ["64B", "1KiB", "64KiB"], positions: ["it's `id`"])
        let wide = ScaleRun.run(
            name: "wide", positions: ["first", "middle", "last", "random", "fifth", "sixth", "7th"])
        var charts: [Chart] = []
        for run in [ScaleRun.standard, ScaleRun.small, wide, hostile] {
            let own = ChartCatalogue.charts(ReportModel(run)).filter { $0.name.contains("-by-") }
            #expect(!own.isEmpty)
            charts += own.filter { !$0.name.contains("-others-") }
        }
        let pictures = try await GnuplotRenderer().render(charts, into: directory.path)
        #expect(pictures.map(\.chart.name) == charts.map(\.name))
        #expect(pictures.allSatisfy { $0.png.count > 20_000 })
        if let keep = ProcessInfo.processInfo.environment["REPORTS_TESTS_KEEP"] {
            try await ReportWriter.write(run: ScaleRun.run(events: Conformance.events), plots: directory.path)
            for run in [ProxyRun.standard, PodRun.standard] {
                let place = "\(directory.path)/\(run.name)"
                try await ReportWriter.write(run: run, plots: place)
                try Report.render(.markdown, run).write(toFile: place + "/report.md", atomically: true, encoding: .utf8)
            }
            try? FileManager.default.removeItem(atPath: keep + "-curves")
            try FileManager.default.copyItem(atPath: directory.path, toPath: keep + "-curves")
        }
    }
}

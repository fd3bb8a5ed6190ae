import Contract
import Results
import Testing

@testable import Reports

@Suite("Heat maps of pairs")
struct PairChartTests {
    /// A watch of so many places, each of which checks all others and a service; the last place loses half of what is sent there.
    private static func model(places: Int) throws -> ReportModel {
        var run = try CourseTests.run()
        let names = (0..<places).map { "node\($0)/pod0" }
        let entries = names.flatMap { source in
            (names.filter { $0 != source } + ["dns"]).map {
                PairTable.Entry(source: source, destination: $0, value: $0 == names.last ? 0.5 : 0.01)
            }
        }
        let json = try PairTable.json([
            PairTable(name: "failed checks", unit: "ratio", entries: entries),
            PairTable(
                name: "median round trip", unit: "s", entries: [.init(source: "a", destination: "b", value: 2e-5)]),
        ])
        run.trials[0] = run.trials[0].with(pairs: json)
        return ReportModel(run)
    }

    @Test("each table is a picture, and a box for each pair has its value and its shade")
    func boxes() throws {
        let charts = ChartCatalogue.charts(try Self.model(places: 4))
        #expect(charts.map(\.name) == ["drill-timeline", "drill-pairs", "drill-pairs-2"])
        let script = charts[1].script
        #expect(script.contains("node3/pod0") && script.contains("dns"))
        #expect(script.contains("Failed checks, by pair"))
        #expect(charts[1].description.contains("4 rows and 5 columns"))
        // The three pairs that go to the last place, and no other, have the darkest shade.
        #expect(script.contains(" << EOD\n3.0 0.0\n3.0 1.0\n3.0 2.0\nEOD"))
        let stale = StalePictures(stem: "drill")
        #expect(charts.allSatisfy { stale.isPictureName($0.name + ".png") })
    }

    @Test("of many places the worst are drawn, and the picture says so")
    func many() throws {
        let chart = try #require(ChartCatalogue.charts(try Self.model(places: 30)).first { $0.name == "drill-pairs" })
        #expect(chart.description.contains("24 rows and 24 columns"))
        #expect(chart.script.contains("The worst 24 of 30 sources and 24 of 31 destinations"))
        // The last of the places is the worst, though its names come last.
        #expect(chart.script.contains("node29/pod0"))
    }

    @Test("a text that is no table costs the picture alone")
    func rubbish() throws {
        var run = try CourseTests.run()
        run.trials[0] = run.trials[0].with(pairs: "[{\"name\":1}]")
        #expect(ChartCatalogue.charts(ReportModel(run)).map(\.name) == ["drill-timeline"])
    }
}

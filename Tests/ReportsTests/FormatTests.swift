import Foundation
import Statistics
import Testing

@testable import Reports

@Suite("a run in every format")
struct FormatTests {
    static let run = SmallRun.run
    static let model = ReportModel(run)

    @Test("the Markdown is exactly what was looked at")
    func markdown() throws {
        #expect(try Golden.matches(Report.render(.markdown, Self.run), "small.md"))
    }

    @Test("the gnuplot scripts are exactly those whose pictures were looked at")
    func scripts() throws {
        let charts = ChartCatalogue.charts(Self.model)
        #expect(charts.map(\.name) == ["small-effects", "small-latency_p50", "small-latency_p50-trials"])
        for chart in charts {
            #expect(try Golden.matches(chart.commands, chart.name + ".gp"))
        }
    }

    @Test("the CSV is exactly this")
    func csv() {
        #expect(
            Report.render(.csv, Self.run).replacing("\r\n", with: "\n") == """
                run,kind,name,trial,variant,factor.network,factor.test,block,position,outcome,reason,metric,unit,value,censored
                r1,K,small,t0,host/rr,host,rr,0,0,completed,,latency_p50,s,1e-05,0
                r1,K,small,t1,a|b/rr,a|b,rr,0,1,completed,,latency_p50,s,2e-05,1
                r1,K,small,t2,host/rr,host,rr,1,0,completed,,latency_p50,s,1.2e-05,0
                r1,K,small,t3,a|b/rr,a|b,rr,1,1,timedOut,"no answer, 2 s",,,,

                """
        )
    }

    @Test("the OpenMetrics text is exactly what was looked at")
    func openMetrics() throws {
        #expect(try Golden.matches(Report.render(.openmetrics, Self.run), "small.prom"))
    }

    @Test("JUnit counts failures, and parses as XML")
    func junit() throws {
        let text = Report.render(.junit, Self.run)
        #expect(text.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"0\""))
        #expect(text.contains("<failure type=\"timedOut\" message=\"no answer, 2 s\"/>"))
    }

    @Test("JSON holds the numbers in base units, and parses")
    func json() throws {
        let object = try JSONSerialization.jsonObject(with: Data(Report.render(.json, Self.run).utf8))
        let runs = try #require(object as? [[String: Any]])
        let measurements = try #require(runs.first?["measurements"] as? [[String: Any]])
        #expect(measurements.first?["median"] as? Double == 1.1e-05)
        #expect(measurements.last?["missing"] as? String == "1 of 2 trials timed out")
    }

    @Test("several runs make one document")
    func several() {
        #expect(Report.render(.csv, [Self.run, Self.run]).components(separatedBy: "run,kind").count == 2)
        #expect(Report.render(.openmetrics, [Self.run, Self.run]).components(separatedBy: "# EOF").count == 2)
        #expect(Report.render(.html, [Self.run, Self.run]).components(separatedBy: "<h1>").count == 3)
    }

    @Test("the page is whole, needs nothing from elsewhere, and begins with the verdicts")
    func html() throws {
        let text = Report.render(.html, SampleRun.standard)
        #expect(!text.contains("<script") && !text.contains("src=\"http") && !text.contains("<link"))
        let order = ["Verdicts", "Numbers", "Failures", "Environment", "Events", "Run it again"]
        let places = try order.map { try #require(text.range(of: "<h2>\($0)</h2>")).lowerBound }
        #expect(places == places.sorted())
        #expect(text.contains("netmachinery run quickstart.yaml --testbed local --seed 42"))
        for tag in ["table", "section", "tr", "td", "details", "small"] {
            let opened =
                text.components(separatedBy: "<\(tag)>").count + text.components(separatedBy: "<\(tag) ").count - 1
            #expect(opened == text.components(separatedBy: "</\(tag)>").count, "<\(tag)>")
        }
    }

    @Test("units become words that OpenMetrics allows")
    func units() {
        #expect(OpenMetricsReport.unitName("bit/s") == "bits_per_second")
        #expect(OpenMetricsReport.unitName("s/GiB") == "seconds_per_gibibyte")
        #expect(OpenMetricsReport.unitName("1/s") == "per_second")
        #expect(OpenMetricsReport.unitName("count").isEmpty)
        #expect(OpenMetricsReport.identifier("9 lives") == "_9_lives")
    }
}

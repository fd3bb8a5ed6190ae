import Contract
import Foundation
import Results
import Testing

@testable import Reports

@Suite("timelines of churn")
struct ChurnTimelineTests {
    static let json = """
        {"binSeconds":0.05,"bins":[{"at":0.0,"connects":123,"failed":2,"p50":3.1e-5,"p99":8.0e-5,"deadPackets":1},
        {"at":0.05,"connects":0,"failed":0}],"changes":[{"at":0.25,"returned":0.31,"visible":0.32},{"at":0.5}]}
        """

    @Test("the artifact is read, with what is missing left out")
    func reading() throws {
        let timeline = try Timeline(json: Self.json)
        #expect(timeline.connects == 123 && timeline.failed == 2 && timeline.deadPackets == 1)
        #expect(
            timeline.bins[1].p50 == nil && timeline.changes[1].visible == nil && timeline.changes[0].visible == 0.32)
    }

    @Test(
        "one that cannot be read costs its picture, is announced, and not the report",
        arguments: [
            "", "7", "{}", #"{"binSeconds":0.05,"bins":[],"changes":[]}"#, #"{"binSeconds":0,"bins":[],"changes":[]}"#,
        ]
    )
    func unreadable(json: String) {
        var run = ScaleRun.small
        run.trials[0] = run.trials[0].with(timeline: json)
        #expect(run.trials[0].timeline == nil)
        let model = ReportModel(run)
        #expect(model.notes.contains { $0.hasPrefix("The artifact churn-timeline.json of trial t0 cannot be read") })
        #expect(!ChartCatalogue.charts(model).contains { $0.name.contains("timeline") })
    }

    @Test("the picture marks every change, breaks the line where nothing connected, and counts failures")
    func picture() throws {
        let chart = try #require(ProxyRun.charts.first { $0.name == "proxies-churn-timeline" })
        let lines = chart.script.components(separatedBy: "\n")
        #expect(lines.count { $0.hasPrefix("set arrow from first") && $0.contains("dt 3") } == 4 * 8)
        #expect(lines.contains { $0.contains("$p50n0") && $0.contains("$p50n1") })
        #expect(chart.title == "Connects while endpoints change, at services 10000")
        #expect(Reading.words(chart.script).contains("of 12,000 failed"))
    }
}

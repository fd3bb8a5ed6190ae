import Contract
import Foundation
import Testing

@testable import Reports

@Suite("conformance beside speed")
struct ConformanceTests {
    static let model = ReportModel(ScaleRun.small)

    @Test("checks are rows and networks are columns; one deviation makes the cell one, and a gap is said")
    func matrix() {
        let table = ConformanceTables.matrix(Self.model)
        #expect(table.header == ["Check", "bridge", "floor|"])
        #expect(table.rows.map { $0[0].text } == ["ADD twice", "DEL of what never was", "GC"])
        #expect(
            table.rows.map { $0.dropFirst().map(\.conformance) } == [
                [.conforms, .deviates], [.conforms, .deviates], [.notApplicable, nil],
            ])
        #expect(table.rows[1][2].detail == "1 of 2 times")
        #expect(table.rows[2][2].text == "not checked" && table.rows[2][2].isMissing)
        #expect(
            ConformanceTables.summary(Self.model) == "2 conforms, 2 deviates, 1 not applicable, 1 not checked.")
    }

    @Test("the words of each deviation are listed, once")
    func deviations() {
        var run = ScaleRun.small
        run.events += run.events
        let table = ConformanceTables.deviations(ReportModel(run))
        #expect(
            table.rows.map { $0.map(\.text) } == [
                ["ADD twice", "floor|", "error", "success <again>"],
                ["DEL of what never was", "floor|", "success", "exit code 1: \"no such link\""],
            ])
    }

    @Test("the page, the Markdown and the JSON hold them, and the page does not list them again as events")
    func formats() throws {
        let html = Report.render(.html, ScaleRun.small)
        #expect(html.contains("<h2>Conformance</h2>") && html.contains("<b class=\"deviates\">✗ deviates</b>"))
        #expect(html.contains("success &lt;again&gt;") && html.contains("<summary>1 event</summary>"))
        let markdown = Report.render(.markdown, ScaleRun.small)
        #expect(markdown.contains("| ADD twice | conforms | **deviates** |"))
        let object = try JSONSerialization.jsonObject(with: Data(Report.render(.json, ScaleRun.small).utf8))
        let run = try #require((object as? [[String: Any]])?.first)
        let findings = try #require(run["conformance"] as? [[String: String]])
        #expect(findings.count == 6 && findings[3]["verdict"] == "deviates")
    }

    @Test("a run without checks says nothing about them")
    func none() {
        for format in [ReportFormat.html, .markdown, .json] {
            #expect(!Report.render(format, SmallRun.run).lowercased().contains("\"conformance\""))
            #expect(!Report.render(format, SmallRun.run).contains("Conformance"))
        }
    }

    @Test(
        "an event that cannot be read is announced and stays among the events",
        arguments: [
            "", "7", "{}", #"{"network":"a","check":"b","verdict":"fine"}"#, #"{"network":"a","verdict":"conforms"}"#,
            #"{"network":"","check":"b","verdict":"conforms"}"#, #"{"network":3,"check":"b","verdict":"conforms"}"#,
        ]
    )
    func unreadable(detail: String) {
        var run = ScaleRun.small
        run.events = [.init(at: "2026-11-24T21:03:25.500Z", name: "conformance", detail: detail)]
        let model = ReportModel(run)
        #expect(model.conformance.isEmpty && model.otherEvents.count == 1)
        #expect(model.notes.contains { $0.hasPrefix("1 event named conformance cannot be read") })
    }

    @Test("what does not apply needs neither an expectation nor a finding")
    func sparse() {
        let event = RunData.Event(
            at: "", name: "conformance", detail: #"{"network":"a","check":"GC","verdict":"not applicable"}"#
        )
        #expect(ConformanceFinding(event)?.verdict == .notApplicable && ConformanceFinding(event)?.found == "")
    }

    @Test("networks that the design does not know come last")
    func order() {
        var run = ScaleRun.small
        run.events.insert(Conformance.event("stranger", "ADD twice", "error", "error", "conforms"), at: 0)
        #expect(ConformanceTables.matrix(ReportModel(run)).header == ["Check", "bridge", "floor|", "stranger"])
    }
}

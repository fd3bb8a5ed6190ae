import Contract
import Results
import Testing

@testable import Reports

@Suite("Findings in reports")
struct FindingTests {
    private static func trial(
        _ source: String, _ destination: String, outcome: TrialOutcome = .completed, block: Int = 1
    ) -> RunTrial {
        RunTrial(
            id: "\(source)-\(destination)-\(block)", variant: "source=\(source) destination=\(destination)",
            factors: ["source": source, "destination": destination], block: block, position: 1, outcome: outcome,
            reason: outcome == .completed ? nil : "could not test: no descriptors",
            samples: ["rtt_p50": [Observation(value: 1e-4)]])
    }

    private static func event(_ trial: RunTrial, _ finding: Finding) throws -> RunData.Event {
        .init(at: "2026-11-24T21:03:25.123Z", trialID: trial.id, name: Finding.name, detail: try finding.json())
    }

    static func run() throws -> RunData {
        let trials = [trial("a", "b"), trial("a", "c"), trial("d", "b"), trial("d", "c", outcome: .failed)]
        let passed = Finding(check: "tcp", expected: "reached", found: "reached", verdict: .passed)
        let failed = Finding(
            check: "tcp", expected: "reached", found: "timed | out", detail: "<no> answer", verdict: .failed)
        let shown = Finding(check: "tcp", expected: "", found: "unreachable", verdict: .shown)
        return RunData(
            id: "01KAV5M3T6Q2Z8W4Y7N1B5C9DH", kind: "Table", name: "pairs", testbed: "local", seed: 42,
            startedAt: "2026-11-24T21:03:25.123Z", endedAt: "2026-11-24T21:29:02.871Z", outcome: .trialsFailed,
            resource: "{}", toolVersion: "netmachinery 0.1.0",
            design: Design(
                comparedFactor: nil,
                factors: [.init(name: "source", levels: ["a", "d"]), .init(name: "destination", levels: ["b", "c"])],
                matrix: .init(rows: "source", columns: "destination")),
            environment: [:], trials: trials,
            metrics: [
                Metric(MetricID("rtt", percentile: 50), unit: "s", better: .lower, description: "a time")
            ],
            events: [
                try event(trials[0], passed), try event(trials[1], failed), try event(trials[2], shown),
                .init(at: "2026-11-24T21:03:25.123Z", trialID: nil, name: "finding", detail: "rubbish"),
            ])
    }

    @Test("a table has the worst of each pair, and what was not tested stands apart")
    func matrix() throws {
        let model = ReportModel(try Self.run())
        let matrix = try #require(model.matrices.first)
        #expect(matrix.rows == ["a", "d"])
        #expect(matrix.columns == ["b", "c"])
        #expect(matrix.entries.map { $0.map { $0?.verdict } } == [[.passed, .failed], [.shown, nil]])
        #expect(FindingTables.summary(model) == "1 of 2 as expected, 1 not, 1 shown only, 1 not tested.")
        #expect(
            FindingTables.words(model).first?.rows == [
                ["a", "✓ reached", "✗ timed | out"], ["d", "· unreachable", "? not tested"],
            ])
        // Rubbish of that name stays where people find it.
        #expect(model.otherEvents.map(\.detail) == ["rubbish"])
    }

    @Test("JUnit has a failure for what is not as expected, with its words")
    func junit() throws {
        let text = JUnitReport.document([ReportModel(try Self.run())])
        #expect(text.contains(#"tests="4" failures="2""#))
        #expect(
            text.contains(
                #"<failure type="expectation" message="expected reached, found timed | out: &lt;no&gt; answer"/>"#))
    }

    @Test("Markdown and the page show the table, with every word as a word")
    func documents() throws {
        let model = ReportModel(try Self.run())
        let markdown = MarkdownReport.document(model)
        #expect(markdown.contains(#"| a | ✓ reached | **✗ timed \| out** |"#), "\(markdown)")
        let page = HTMLReport.page([model], pictures: [])
        #expect(page.contains("<b class=\"deviates\">✗ timed | out</b>"))
        #expect(page.contains("&lt;no&gt; answer"))
        #expect(!page.contains("<no>"))
    }

    @Test("the pictures are a table of findings and one of times, and their names are a report's")
    func charts() throws {
        let charts = ChartCatalogue.charts(ReportModel(try Self.run()))
        #expect(charts.map(\.name) == ["pairs-findings", "pairs-rtt_p50"])
        #expect(charts[0].script.contains(#"timed \174 out"#))
        let stale = StalePictures(stem: "pairs")
        #expect(charts.allSatisfy { stale.isPictureName($0.name + ".png") })
    }
}

import Contract
import Results
import Testing

@testable import Reports

@Suite("Timelines of runs")
struct CourseTests {
    /// A run whose only trial begins after 1 s and takes 10 s, with a condition and what was found of it.
    static func run(series: [Series] = []) throws -> RunData {
        var trial = RunTrial(
            id: "t", variant: "network=bridge", factors: ["network": "bridge"], block: 1, position: 1,
            outcome: .completed, seconds: 10, samples: ["latency_p50": [Observation(value: 1e-5)]])
        trial.start = 1
        trial.series = series
        let spans = [
            Span(role: .condition, name: "loss of 10 %", place: "bridge/node0", start: 2, end: 6, detail: "a|b"),
            Span(role: .condition, name: "loss of 10 %", place: "bridge/node0", start: 7, end: 8),
            Span(role: .finding, name: "loss", place: "node0 'to' node1", start: 3, end: nil, detail: "9 of 90"),
        ]
        return RunData(
            id: "01KAV5M3T6Q2Z8W4Y7N1B5C9DH", kind: "K", name: "drill", testbed: "local", seed: 1,
            startedAt: "2026-11-24T21:03:25.123Z", endedAt: "2026-11-24T21:03:36.123Z", outcome: .completed,
            resource: "{}", toolVersion: "v1",
            design: Design(comparedFactor: "network", factors: [.init(name: "network", levels: ["bridge"])]),
            environment: [:], trials: [trial], metrics: [SampleRun.p50],
            events: try spans.map { .init(at: "", trialID: "t", name: Span.name, detail: try $0.json()) }
                + [.init(at: "", trialID: "t", name: Span.name, detail: "rubbish")])
    }

    @Test("conditions and findings are rows on the run's axis, open ones to the end of their trial")
    func rows() throws {
        let course = try #require(Course(ReportModel(try Self.run())))
        #expect(course.rows.map(\.name) == ["bridge/node0 · loss of 10 %", "node0 'to' node1 · loss"])
        #expect(course.rows.map(\.role) == [.condition, .finding])
        #expect(course.rows[0].stretches == [.init(start: 3, end: 7), .init(start: 8, end: 9)])
        #expect(course.rows[1].stretches == [.init(start: 4, end: 11, isOpen: true)])
        // A dot alone would say nothing.
        #expect(course.lines.isEmpty && course.end == 11)
    }

    @Test("without quantities over time, trials are dots in their middles")
    func dots() throws {
        var run = try Self.run()
        var second = run.trials[0]
        second.id = "u"
        second.start = 20
        run.trials.append(second)
        let course = try #require(Course(ReportModel(run)))
        #expect(course.lines.map(\.isDotted) == [true])
        #expect(course.lines[0].points == [.init(at: 6, value: 1e-5), .init(at: 25, value: 1e-5)])
    }

    @Test("steps are a table of every format, with the levels that they have of the whole's factors")
    func stepTable() throws {
        var whole = try Self.run()
        var part = try Self.run()
        part.labels = ["network": "bridge", "other": "x"]
        var failed = part.trials[0]
        failed.outcome = .failed
        part.trials.append(failed)
        whole.steps = [.init(name: "first|step", start: 1, end: 3.5, run: part)]
        let model = ReportModel(whole)
        let table = StepTable.make(model)
        #expect(
            table.rows.map { $0.map(\.text) } == [
                ["first|step", "network bridge", "K", "completed", "1 of 2", "1.00 s", "2.50 s", part.id]
            ])
        let markdown = Report.render(.markdown, [model], pictures: [])
        #expect(markdown.contains("## Steps") && markdown.contains("first\\|step"))
        #expect(Report.render(.html, [model], pictures: []).contains("<h2>Steps</h2>"))
        #expect(Report.render(.json, [model], pictures: []).contains(#""step" : "first|step""#))
        let alone = Report.render(.markdown, [ReportModel(try Self.run())], pictures: [])
        #expect(!alone.contains("## Steps"))
    }

    @Test("steps come first, and what they recorded stands where it was on the axis of the whole")
    func steps() throws {
        var whole = try Self.run()
        whole.events = []
        whole.trials = []
        let series = Series(name: "lost", unit: "ratio", points: [.init(at: 0, value: 0), .init(at: 1, value: 0.5)])
        whole.steps = [.init(name: "first", start: 100, end: 111, run: try Self.run(series: [series]))]
        let course = try #require(Course(ReportModel(whole)))
        #expect(course.rows.map(\.role) == [.step, .condition, .finding])
        #expect(course.rows[1].stretches[0] == .init(start: 103, end: 107))
        #expect(
            course.lines == [
                .init(
                    name: "first: lost", unit: "ratio", points: [.init(at: 101, value: 0), .init(at: 102, value: 0.5)],
                    isDotted: false)
            ])
    }

    @Test("a step of several cells has a row and a line for each, and one that is repeated goes on in its own")
    func cells() throws {
        var whole = try Self.run()
        whole.events = []
        whole.trials = []
        whole.labels = ["team": "net"]
        let series = Series(name: "lost", unit: "ratio", points: [.init(at: 0, value: 0)])
        for (block, size, start) in [("1", "64B", 0.0), ("1", "1KiB", 20), ("2", "64B", 40)] {
            var step = try Self.run(series: [series])
            step.labels = ["team": "net", "size": size, "block": block]
            whole.steps.append(.init(name: "w", start: start, end: start + 11, run: step))
        }
        let course = try #require(Course(ReportModel(whole)))
        let steps = course.rows.filter { $0.role == .step }
        #expect(steps.map(\.name) == ["w (size 64B)", "w (size 1KiB)"])
        #expect(steps.map(\.stretches.count) == [2, 1])
        #expect(course.lines.map(\.name) == ["w (size 64B): lost", "w (size 1KiB): lost"])
        #expect(course.lines[0].points.map(\.value) == [0, nil, 0])
    }

    @Test("a run that recorded nothing of the kind has no such picture")
    func nothing() throws {
        var run = try Self.run()
        run.events = []
        #expect(Course(ReportModel(run)) == nil)
        #expect(!ChartCatalogue.charts(ReportModel(run)).contains { $0.name == "drill-timeline" })
    }

    @Test("of a single trial the timeline is the whole picture, and of several it is one among others")
    func alone() throws {
        var run = try Self.run()
        #expect(ChartCatalogue.charts(ReportModel(run)).map(\.name) == ["drill-timeline"])
        var second = run.trials[0]
        second.id = "u"
        second.block = 2
        run.trials.append(second)
        #expect(ChartCatalogue.charts(ReportModel(run)).count > 1)
    }

    @Test("the picture has its words escaped, a band behind the lines, and a name that a later report removes")
    func picture() throws {
        let gap = [Series.Point(at: 0, value: 1), .init(at: 1, value: nil), .init(at: 2, value: 3)]
        let model = ReportModel(try Self.run(series: [Series(name: "rate", unit: "bit/s", points: gap)]))
        let chart = try #require(ChartCatalogue.charts(model).first { $0.name == "drill-timeline" })
        #expect(chart.script.contains("node0 \\047to\\047 node1"))
        #expect(chart.script.contains("fillcolor rgb '#e4f1fa' fillstyle solid 1 noborder behind"))
        // A line does not go on through a gap.
        #expect(chart.script.contains("$l0p0 << EOD") && chart.script.contains("$l0p1 << EOD"))
        #expect(StalePictures(stem: "drill").isPictureName("drill-timeline.png"))
    }

    @Test("documents have the same, and what cannot be read stays among the events")
    func documents() throws {
        let model = ReportModel(try Self.run())
        #expect(
            MarkdownReport.document(model).contains(
                #"| changed on purpose | loss of 10 % | bridge/node0 | 2 | 3.00 s | 9.00 s | a\|b |"#))
        #expect(HTMLReport.page([model], pictures: []).contains("What held when"))
        #expect(JSONReport.document([model]).contains(#""spans" : ["#))
        #expect(model.otherEvents.map(\.detail) == ["rubbish"])
    }
}

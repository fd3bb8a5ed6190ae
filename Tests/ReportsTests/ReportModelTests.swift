import Contract
import Results
import Statistics
import Testing

@testable import Reports

@Suite("what a report says about a run")
struct ReportModelTests {
    let model = SampleRun.model

    @Test("every pair of levels is compared, pairs with the baseline first")
    func pairs() {
        let names = model.comparisons.map { "\($0.candidate)/\($0.base)" }
        #expect(names == ["bridge/host", "overlay/host", "ptp/host", "overlay/bridge", "ptp/bridge", "ptp/overlay"])
        #expect(model.comparisons.map(\.isAgainstBaseline) == [true, true, true, false, false, false])
    }

    @Test("an overlay that carries much less is a regression of throughput")
    func regression() throws {
        let row = try #require(
            model.comparisons[1].rows.first { $0.metric.name == "throughput" && $0.panel == "other-node" }
        )
        #expect(row.result.verdict == .regressed)
        let ratio = try #require(row.result.ratio)
        #expect(ratio > 0.55 && ratio < 0.7)
        let mean = try #require(model.comparisons[1].geometricMean)
        #expect(mean < 0.9, "worse in either direction is below 1")
    }

    @Test("a noisy variant ends inconclusive")
    func inconclusive() throws {
        let row = try #require(
            model.comparisons[2].rows.first {
                $0.metric.name == "latency_p50" && $0.panel == "other-node" && $0.facet.label == "udp-rr"
            }
        )
        #expect(row.result.verdict == .inconclusive)
    }

    @Test("only judged metrics are compared")
    func judgedOnly() {
        #expect(model.comparisons.allSatisfy { $0.rows.allSatisfy { $0.metric.judged } })
        #expect(model.cells.contains { $0.metric.name == "transaction_rate" })
    }

    @Test("a variant whose trials all failed is missing, and never 0")
    func missing() throws {
        let cell = try #require(
            model.cells.first {
                $0.metric.name == "latency_p50" && $0.facet.label == "crr" && $0.panel == "same-node"
                    && $0.level == "overlay"
            }
        )
        #expect(cell.median == nil && cell.values.isEmpty && cell.trials == 6)
        #expect(cell.lossText == "6 of 6 trials failed")
        let rows = model.comparisons[1].rows
        #expect(!rows.contains { $0.facet.label == "crr" && $0.panel == "same-node" })
        let table = NumbersTable.make(model)
        #expect(table.rows.joined().contains { $0.isMissing && $0.text == "6 of 6 trials failed" })
        let bars = try #require(ChartCatalogue.charts(model).first { $0.name == "quickstart-latency_p50" })
        #expect(Reading.words(bars.script).contains("\"× failed\""))
    }

    @Test("a failed trial is left out, and the count says so")
    func partial() throws {
        let cell = try #require(
            model.cells.first {
                $0.metric.name == "throughput" && $0.panel == "same-node" && $0.level == "overlay"
            }
        )
        #expect(cell.values.count == 5 && cell.trials == 6)
        #expect(model.failures.count == 7)
        #expect(model.notes.contains { $0.hasPrefix("7 of 192 trials did not complete") })
    }

    @Test("samples of one trial count as one value, their median")
    func trialIsTheUnit() {
        let trial = RunTrial(
            id: "t", variant: "v", factors: [:], block: 0, position: 0, outcome: .completed,
            samples: ["m": [.init(value: 1), .init(value: 9, censored: true), .init(value: 2)]]
        )
        #expect(trial.value(of: "m") == 2 && trial.isCensored("m") && trial.value(of: "other") == nil)
    }

    @Test("too few repetitions for any verdict are announced")
    func power() {
        var run = SampleRun.run(failing: false)
        run.trials.removeAll { $0.block > 3 }
        #expect(ReportModel(run).notes.contains { $0.hasPrefix("Too few repetitions") })
        #expect(!ReportModel(SampleRun.run(failing: false)).notes.contains { $0.hasPrefix("Too few repetitions") })
    }

    @Test("an interrupted run says that it is one")
    func interrupted() {
        var run = SampleRun.standard
        run.outcome = .interrupted
        #expect(ReportModel(run).notes.first?.contains("interrupted") == true)
    }

    @Test("the same run gives the same words and the same pictures")
    func deterministic() {
        let again = ReportModel(SampleRun.run())
        #expect(ChartCatalogue.charts(model) == ChartCatalogue.charts(again))
        for format in ReportFormat.allCases {
            #expect(Report.render(format, [model], pictures: []) == Report.render(format, [again], pictures: []))
        }
    }

    @Test("time-outs beside a histogram make no row of their own, and do not change the layout")
    func timeOutsOnly() throws {
        var run = SampleRun.run(failing: false)
        run.metrics.append(SampleRun.metric("latency", "s", .lower, 0.05, judged: false, "Exchanges."))
        let index = try #require(
            run.trials.firstIndex { $0.factors["test"] == "rr" && $0.factors["path"] == "other-node" }
        )
        run.trials[index].samples["latency"] = [.init(value: 1, censored: true), .init(value: 1, censored: true)]
        let model = ReportModel(run)
        #expect(!model.cells.contains { $0.metric.name == "latency" })
        #expect(model.layout == ReportModel(SampleRun.run(failing: false)).layout)
        run.trials[index].samples["latency"]?[0].censored = false
        #expect(ReportModel(run).cells.contains { $0.metric.name == "latency" })
    }

    @Test("trials that did not wait for a quiet machine are counted above the verdicts, each once")
    func unsettled() {
        var run = SampleRun.run(failing: false)
        run.events += [0, 1, 1].map {
            RunData.Event(at: "", trialID: run.trials[$0].id, name: "not settled", detail: "busy")
        }
        #expect(
            ReportModel(run).notes.contains { $0.hasPrefix("2 of 192 trials started before the machine was quiet") })
    }
}

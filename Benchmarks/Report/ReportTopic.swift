import Reports
import Results
import Statistics

/// The time to make a report of 32 variants in 6 blocks, and where it goes.
struct ReportTopic {
    let options: Options

    private enum Phase: String, CaseIterable {
        case total = "whole report (read, compute, draw, write)"
        case read = "read the run from the store"
        case compute = "compute cells, comparisons, intervals"
        case draw = "gnuplot draws the pictures"
    }

    func run() async throws {
        let directory = try ScratchDirectory()
        let store = try Store.open(at: directory.path + "/results.db")
        var synthetic = SyntheticRun(name: "synthetic", seed: options.seed)
        try synthetic.begin(in: store)
        try synthetic.fill(store)
        var times: [Phase: Series] = [:]
        var pictures = 0
        for block in 0..<options.blocks {
            StandardError.print("report: block \(block + 1) of \(options.blocks)")
            try Task.checkCancellation()
            let (seconds, drawn) = try await measure(store, synthetic.id, directory.path)
            pictures = drawn
            for (phase, value) in seconds { times[phase, default: Series()].append(value) }
        }
        try store.close()
        var table = MarkdownTable(
            "Report of 32 variants x 6 blocks, \(pictures) pictures (s)",
            columns: ["phase", "time", "spread", "share of the whole", "n"],
            notes: ["The phases are timed on their own, after the whole report in the same block."])
        let total = times[.total] ?? Series()
        for phase in Phase.allCases {
            let series = times[phase] ?? Series()
            let share = phase == .total ? "1" : series.ratio(to: total, seed: options.seed)
            table.add([
                phase.rawValue, Figure.text(series.median), Figure.percent(series.spread), share, "\(series.n)",
            ])
        }
        table.print()
    }

    private func measure(
        _ store: Store, _ runID: String, _ directory: String
    ) async throws -> (seconds: [Phase: Double], pictures: Int) {
        let whole = try await Stopwatch.time {
            let run = try RunData.load(store, runID: runID)
            return try await ReportWriter.write(run: run, plots: directory + "/plots")
        }
        let read = try await Stopwatch.time { try RunData.load(store, runID: runID) }
        let compute = await Stopwatch.time { ReportModel(read.value) }
        let charts = ChartCatalogue.charts(compute.value)
        let draw = try await Stopwatch.time {
            try await GnuplotRenderer().render(charts, into: directory + "/plots")
        }
        return (
            [.total: whole.seconds, .read: read.seconds, .compute: compute.seconds, .draw: draw.seconds],
            draw.value.count
        )
    }
}

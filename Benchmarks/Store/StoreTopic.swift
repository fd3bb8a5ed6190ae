import Results
import Statistics

/// Samples stored per second, one transaction for each trial.
struct StoreTopic {
    let options: Options

    /// How the trials of one row look.
    private struct Shape {
        let title: String
        let samples: Int
        let histograms: Int
        let trials: Int
    }

    private static let shapes = [
        Shape(title: "10 samples and a histogram", samples: 10, histograms: 1, trials: 500),
        Shape(title: "1,000 samples", samples: 1_000, histograms: 0, trials: 50),
    ]

    func run() async throws {
        let directory = try ScratchDirectory()
        let store = try Store.open(at: directory.path + "/results.db")
        var synthetic = SyntheticRun(name: "store", seed: options.seed)
        try synthetic.begin(in: store)
        let histogram = synthetic.histogram(around: 20_000).json()
        var random = SeededGenerator(seed: options.seed)
        var rates: [String: Series] = [:]
        // The first block is not kept: it makes the file grow from nothing.
        for block in -1..<options.blocks {
            for shape in random.shuffled(Self.shapes) {
                try Task.checkCancellation()
                let records = records(shape, synthetic, histogram)
                let seconds = try Stopwatch.seconds {
                    for (trial, samples, histograms) in records {
                        try store.record(trial: trial, samples: samples, histograms: histograms)
                    }
                }
                if block >= 0 { rates[shape.title, default: Series()].append(Double(shape.trials) / seconds) }
            }
        }
        let stored = try store.samples(runID: synthetic.id).count
        let expected = (options.blocks + 1) * Self.shapes.reduce(0) { $0 + $1.samples * $1.trials }
        guard stored == expected else { throw BenchmarkError("\(stored) of \(expected) samples were stored") }
        try store.close()
        table(rates).print()
    }

    private func records(
        _ shape: Shape, _ synthetic: SyntheticRun, _ histogram: String
    ) -> [(TrialRecord, [SampleRecord], [HistogramRecord])] {
        (0..<shape.trials).map { index in
            let trial = synthetic.trial(shape.title, ["test": shape.title], block: 0, position: index)
            let samples = (0..<shape.samples).map { number in
                SampleRecord(trialID: trial.id, metric: "metric\(number % 10)", value: Double(number) * 1.1)
            }
            let histograms = (0..<shape.histograms).map { _ in
                HistogramRecord(trialID: trial.id, metric: "latency", data: histogram)
            }
            return (trial, samples, histograms)
        }
    }

    private func table(_ rates: [String: Series]) -> MarkdownTable {
        var table = MarkdownTable(
            "Samples stored, one transaction for each trial",
            columns: ["a trial has", "samples/s", "trials/s", "spread", "n"],
            notes: ["In the directory for temporary files; set TMPDIR for another disk."])
        for shape in Self.shapes {
            let series = rates[shape.title] ?? Series()
            let samples = series.median.map { $0 * Double(shape.samples) }
            table.add([
                shape.title, Figure.text(samples), Figure.text(series.median), Figure.percent(series.spread),
                "\(series.n)",
            ])
        }
        return table
    }
}

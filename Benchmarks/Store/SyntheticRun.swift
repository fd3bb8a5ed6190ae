import Contract
import Probes
import Results
import Statistics

/// Made-up records of the size that a real run has.
struct SyntheticRun {
    static let networks = ["host", "bridge", "overlay", "ptp"]
    static let paths = ["same-node", "other-node"]
    static let tests = ["rr", "crr", "udp-rr", "open-loop"]
    static let blocks = 6

    private var random: SeededGenerator
    private let run: RunRecord

    init(name: String, seed: UInt64) {
        random = SeededGenerator(seed: seed)
        run = RunRecord(
            kind: "CNIPerformance", name: name, testbed: "local", seed: seed, endedAt: .now(), outcome: .completed,
            design: Self.design, toolVersion: "benchmarks")
    }

    var id: String { run.id }

    /// The run and its metrics, without trials.
    func begin(in store: Store) throws {
        try store.begin(run)
        try store.define(metrics: ProbeMetrics.all.map { MetricRecord($0) })
    }

    /// 32 variants in 6 blocks, each trial with 10 samples and a histogram.
    mutating func fill(_ store: Store) throws {
        for block in 0..<Self.blocks {
            var position = 0
            for network in Self.networks {
                for path in Self.paths {
                    for test in Self.tests {
                        let factors = ["network": network, "path": path, "test": test]
                        let trial = trial("\(network) \(path) \(test)", factors, block: block, position: position)
                        let base = 20_000 * (1 + 0.1 * Double(position % 7))
                        let histogram = histogram(around: base)
                        try store.record(
                            trial: trial, samples: samples(of: trial, histogram),
                            histograms: [HistogramRecord(trialID: trial.id, metric: "latency", data: histogram.json())])
                        position += 1
                    }
                }
            }
        }
    }

    func trial(_ variant: String, _ factors: [String: String], block: Int, position: Int) -> TrialRecord {
        TrialRecord(
            runID: run.id, variant: variant, factors: factors, block: block, position: position,
            startedAt: .now(), endedAt: .now(), outcome: .completed)
    }

    /// Round trips with a tail, in nanoseconds.
    mutating func histogram(around nanoseconds: Double) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for _ in 0..<5_000 {
            let tail = Double.random(in: 0...1, using: &random) > 0.98 ? Double.random(in: 1...8, using: &random) : 1
            histogram.record(nanoseconds: UInt64(nanoseconds * Double.random(in: 0.9...1.1, using: &random) * tail))
        }
        return histogram
    }

    /// As many as a round trip's trial has.
    private mutating func samples(of trial: TrialRecord, _ histogram: LatencyHistogram) -> [SampleRecord] {
        let values: [(Metric, Double)] = [
            (ProbeMetrics.latencyP50, Double(histogram.percentile(50)) / 1e9),
            (ProbeMetrics.latencyP90, Double(histogram.percentile(90)) / 1e9),
            (ProbeMetrics.latencyP99, Double(histogram.percentile(99)) / 1e9),
            (ProbeMetrics.latencyP999, Double(histogram.percentile(99.9)) / 1e9),
            (ProbeMetrics.transactionRate, 1e9 / histogram.mean),
            (ProbeMetrics.transactions, Double(histogram.count)),
            (ProbeMetrics.timeouts, 0), (ProbeMetrics.cpuClient, 0.1), (ProbeMetrics.cpuServer, 0.1),
            (ProbeMetrics.cpuPerKilotransaction, histogram.mean / 1e6),
        ]
        return values.map { SampleRecord(trialID: trial.id, metric: $0.name, value: $1) }
    }

    private static var design: String {
        func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ",") }
        return """
            {"comparedFactor":"network","baseline":"host","factors":[{"name":"network","levels":[\(list(networks))]},\
            {"name":"path","levels":[\(list(paths))]},{"name":"test","levels":[\(list(tests))]}]}
            """
    }
}

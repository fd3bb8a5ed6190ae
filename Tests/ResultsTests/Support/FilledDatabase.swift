import Contract
import Results

/// Two runs of `quickstart` whose numbers are simple enough to answer every documented question by hand.
///
/// Three networks in three blocks; the host reaches 20, 22 and 24 Gbit/s, the bridge 0.8 and the overlay 0.5 of it;
/// round trips take 20 µs and, for each block, 1 µs more. In the newer run the overlay's round trip fails in block 2.
enum FilledDatabase {
    static let older = "01JDAAAAAA0000000000000001"
    static let newer = "01JDBBBBBB0000000000000002"

    static func fill(_ store: Store) throws {
        try store.define(metrics: [
            MetricRecord(name: "throughput", unit: "bit/s", better: .higher, description: "received", judged: true),
            MetricRecord(name: "latency_p50", unit: "s", better: .lower, description: "median", judged: true),
            MetricRecord(
                name: "generator_limited", unit: "1", better: .neither, description: "generator was the limit"),
        ])
        try fill(store, older, slower: 2, environment: ["kernel.release": "6.1", "cpu.count": "2", "gone": "x"])
        try fill(store, newer, slower: 1, environment: ["kernel.release": "6.2", "cpu.count": "2", "new": "y"])
        try store.finish(runID: older, outcome: .completed, endedAt: Make.moment)
        _ = try store.open([Make.ledgerEntry("nm-n1", runID: newer), Make.ledgerEntry("nm-lab")])
    }

    private static func fill(_ store: Store, _ id: String, slower: Double, environment: [String: String]) throws {
        let run = Make.run(id: id, labels: ["commit": "c\(Int(slower))"])
        try store.begin(run)
        try store.recordEnvironment(runID: id, environment)
        for block in 0..<3 {
            for (position, (network, share)) in [("host", 1.0), ("bridge", 0.8), ("overlay", 0.5)].enumerated() {
                let stream = Make.trial(run, network: network, test: "stream", block: block, position: position)
                try store.record(
                    trial: stream,
                    samples: [
                        Make.sample(stream, "throughput", (20 + 2 * Double(block)) * 1e9 * share / slower),
                        Make.sample(stream, "generator_limited", network == "host" ? 1 : 0),
                    ]
                )
                try recordRoundTrip(store, run, network, block, position + 3, slower)
            }
        }
    }

    private static func recordRoundTrip(
        _ store: Store, _ run: RunRecord, _ network: String, _ block: Int, _ position: Int, _ slower: Double
    ) throws {
        guard run.id == older || network != "overlay" || block < 2 else {
            let failed = Make.trial(
                run, network: network, block: block, position: position, outcome: .timedOut, reason: "no answer in 2 s"
            )
            return try store.record(trial: failed)
        }
        let trial = Make.trial(run, network: network, block: block, position: position)
        let nanoseconds = Int(20_000 * slower) + block * 1000
        let histogram = HistogramRecord(
            trialID: trial.id, metric: "latency",
            data: #"{"unit":"ns","significantDigits":3,"counts":[[\#(nanoseconds),98],[\#(nanoseconds * 10),2]]}"#
        )
        try store.record(
            trial: trial, samples: [Make.sample(trial, "latency_p50", Double(nanoseconds) / 1e9)],
            histograms: [histogram]
        )
    }
}

import Contract
import Results
import Statistics

@testable import Reports

/// Four trials of two networks, one of which timed out: small enough to write its reports down.
enum SmallRun {
    static let run = RunData(
        id: "r1", kind: "K", name: "small", testbed: "local", seed: 1, startedAt: "2026-11-24T21:03:25.123Z",
        endedAt: "2026-11-24T21:03:29.000Z", outcome: .trialsFailed, resource: "{}", toolVersion: "v1",
        design: Design(
            comparedFactor: "network", baseline: "host", factors: [.init(name: "network", levels: ["host", "a|b"])]
        ),
        environment: ["kernel.release": "6.18"],
        trials: [
            trial("t0", "host", 0, 0, .init(value: 1e-05)),
            trial("t1", "a|b", 0, 1, .init(value: 2e-05, censored: true)),
            trial("t2", "host", 1, 0, .init(value: 1.2e-05)), trial("t3", "a|b", 1, 1, nil),
        ],
        metrics: [SampleRun.p50]
    )

    private static func trial(
        _ id: String, _ network: String, _ block: Int, _ position: Int, _ sample: Observation?
    ) -> RunTrial {
        RunTrial(
            id: id, variant: "\(network)/rr", factors: ["network": network, "test": "rr"], block: block,
            position: position, outcome: sample == nil ? .timedOut : .completed,
            reason: sample == nil ? "no answer, 2 s" : nil, samples: sample.map { ["latency_p50": [$0]] } ?? [:]
        )
    }
}

import Contract
import Results
import Statistics

@testable import Reports

/// A run over sizes that looks like a real one: 5 proxies, up to 30,000 services, 2 positions, 6 blocks; one proxy is
/// not there at the largest size, another failed in the middle.
enum ScaleRun {
    static let p50 = SampleRun.metric(
        "connect_p50", "s", .lower, 0.05, judged: true, "Half of the connects took at most this."
    )
    static let program = SampleRun.metric("program", "s", .lower, 0.1, judged: true, "Time to program all services.")
    static let rules = SampleRun.metric("rules", "count", .neither, 0.05, judged: false, "Rules in the kernel.")

    static let proxies = ["none", "iptables", "iptables-nft", "nftables", "ipvs"]
    static let sizes = ["1", "10", "100", "1000", "5000", "10000", "30000"]

    static let standard = run()
    static let model = ReportModel(standard)

    static func run(
        name: String = "service-proxies", sizes: [String] = sizes, scaleFactor: String? = "services",
        positions: [String] = ["first", "random"], events: [RunData.Event] = []
    ) -> RunData {
        var random = SeededGenerator(seed: 7)
        var trials: [RunTrial] = []
        for block in 0..<6 {
            for proxy in proxies {
                for size in sizes {
                    for position in positions {
                        trials.append(
                            trial(proxy, size, position, block: block, position: trials.count, random: &random)
                        )
                    }
                }
            }
        }
        return RunData(
            id: "01KAV5M3T6Q2Z8W4Y7N1B5C9DF", kind: "NetworkScalabilityTest", name: name, testbed: "local", seed: 42,
            startedAt: "2026-11-24T21:03:25.123Z", endedAt: "2026-11-24T21:09:02.871Z", outcome: .trialsFailed,
            resource: SampleRun.resource, toolVersion: "netmachinery 0.1.0",
            design: Design(
                comparedFactor: "proxy", baseline: "none",
                factors: [
                    .init(name: "proxy", levels: proxies), .init(name: "services", levels: sizes),
                    .init(name: "position", levels: positions),
                ],
                scaleFactor: scaleFactor
            ),
            environment: SampleRun.environment, trials: trials, metrics: [p50, program, rules], events: events
        )
    }

    private static func trial(
        _ proxy: String, _ size: String, _ place: String, block: Int, position: Int, random: inout SeededGenerator
    ) -> RunTrial {
        var trial = RunTrial(
            id: "t\(position)", variant: "\(proxy)/\(size)/\(place)",
            factors: ["proxy": proxy, "services": size, "position": place], block: block, position: position,
            outcome: .completed
        )
        if proxy == "iptables" && size == "30000" {
            trial.outcome = .timedOut
            trial.reason = "programming did not finish within 60 s"
        }
        if proxy == "ipvs" && size == "1000" {
            trial.outcome = .failed
            trial.reason = "ip_vs: no memory"
        }
        guard trial.outcome == .completed else { return trial }
        func vary(_ noise: Double) -> Double { 1 + noise * Double.random(in: -1...1, using: &random) }
        let count = LevelNumber(size)?.value ?? 1
        let far = place == "random" ? count / 2 : 0
        let times: [String: Double] = [
            "none": 41e-6, "iptables": 52e-6 + far * 21e-9, "iptables-nft": 50e-6 + far * 28e-9, "nftables": 64e-6,
            "ipvs": 58e-6,
        ]
        trial.samples["connect_p50"] = [.init(value: (times[proxy] ?? 1) * vary(0.06))]
        guard proxy != "none" else { return trial }
        let loads: [String: Double] = [
            "iptables": 0.012 + 7e-5 * count + 6e-9 * count * count, "iptables-nft": 0.016 + 9e-5 * count,
            "nftables": 0.030 + 4.5e-5 * count, "ipvs": 0.021 + 1.6e-5 * count,
        ]
        trial.samples["program"] = [.init(value: (loads[proxy] ?? 1) * vary(0.1))]
        trial.samples["rules"] = [.init(value: count * 4 + 20)]
        return trial
    }

    /// Two curves over three sizes, two trials each: small enough to write its reports down.
    static let small: RunData = {
        func trial(_ index: Int, _ network: String, _ pods: String, _ value: Double?) -> RunTrial {
            RunTrial(
                id: "t\(index)", variant: "\(network)/\(pods)", factors: ["network": network, "pods": pods],
                block: index / 6, position: index % 6, outcome: value == nil ? .failed : .completed,
                reason: value == nil ? "no lease" : nil,
                samples: value.map { ["add": [.init(value: $0)]] } ?? [:]
            )
        }
        let values: [(String, String, [Double?])] = [
            ("bridge", "1", [0.010, 0.011]), ("bridge", "10", [0.021, 0.020]), ("bridge", "100", [0.040, 0.042]),
            ("floor|", "1", [0.020, 0.021]), ("floor|", "10", [nil, nil]), ("floor|", "100", [0.020, 0.022]),
        ]
        var trials: [RunTrial] = []
        for block in 0..<2 {
            for (network, pods, all) in values { trials.append(trial(trials.count, network, pods, all[block])) }
        }
        return RunData(
            id: "r2", kind: "K", name: "curves", testbed: "local", seed: 1, startedAt: "2026-11-24T21:03:25.123Z",
            endedAt: "2026-11-24T21:03:29.000Z", outcome: .trialsFailed, resource: "{}", toolVersion: "v1",
            design: Design(
                comparedFactor: "network",
                factors: [
                    .init(name: "network", levels: ["bridge", "floor|"]),
                    .init(name: "pods", levels: ["1", "10", "100"]),
                ],
                scaleFactor: "pods"
            ),
            environment: ["kernel.release": "6.18"], trials: trials,
            metrics: [SampleRun.metric("add", "s", .lower, 0.05, judged: true, "Time of ADD.")],
            events: Conformance.events
        )
    }()
}

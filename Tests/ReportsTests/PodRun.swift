import Contract
import Results
import Statistics

@testable import Reports

/// A run of CNI plugins that looks like a real one: operations and concurrency beside the number of pods, histograms of
/// each operation, and trials that have neither pods nor concurrency.
enum PodRun {
    static let networks = ["floor", "bridge", "ptp", "macvlan"]
    static let pods = ["1", "50", "200"]
    static let concurrency = ["1", "4", "16"]

    static let standard = run()
    static let model = ReportModel(standard)

    static func run() -> RunData {
        var random = SeededGenerator(seed: 3)
        var trials: [RunTrial] = []
        for block in 0..<6 {
            for network in networks {
                for pods in pods {
                    for concurrency in concurrency {
                        for operation in ["lifecycle", "restart-storm"] {
                            let levels = [
                                "network": network, "operation": operation, "pods": pods, "concurrency": concurrency,
                            ]
                            trials.append(trial(levels, block: block, position: trials.count, random: &random))
                        }
                    }
                }
                for operation in ["ipam-exhaustion", "conformance"] {
                    trials.append(
                        trial(
                            ["network": network, "operation": operation], block: block, position: trials.count,
                            random: &random))
                }
            }
        }
        return RunData(
            id: "01KAV5M3T6Q2Z8W4Y7N1B5C9DH", kind: "CNIBenchmark", name: "plugins", testbed: "local", seed: 42,
            startedAt: "2026-11-24T21:03:25.123Z", endedAt: "2026-11-24T21:29:02.871Z", outcome: .completed,
            resource: SampleRun.resource, toolVersion: "netmachinery 0.1.0",
            design: Design(
                comparedFactor: "network", baseline: "floor",
                factors: [
                    .init(name: "network", levels: networks),
                    .init(name: "operation", levels: ["lifecycle", "restart-storm", "ipam-exhaustion", "conformance"]),
                    .init(name: "pods", levels: pods), .init(name: "concurrency", levels: concurrency),
                ],
                scaleFactor: "pods"
            ),
            environment: SampleRun.environment, trials: trials, metrics: metrics, events: Conformance.events
        )
    }

    private static let metrics: [Metric] = {
        let operations = ["add", "check", "delete"].flatMap { operation in
            ["latency_p50", "latency_p90", "latency_p99", "cpu"].map { suffix in
                SampleRun.metric(
                    "\(operation)_\(suffix)", "s", .lower, 0.05,
                    judged: suffix == "latency_p50" && operation != "check",
                    operation)
            }
        }
        return operations + [
            SampleRun.metric("first_packet_p50", "s", .lower, 0.1, judged: true, "First packet."),
            SampleRun.metric("first_packet_p99", "s", .lower, 0.1, judged: false, "First packet."),
            SampleRun.metric("pods_per_second", "1/s", .higher, 0.05, judged: false, "Pods per second."),
            SampleRun.metric("fill_rate", "1/s", .higher, 0.05, judged: false, "Pods per second."),
            SampleRun.metric("drain_rate", "1/s", .higher, 0.05, judged: false, "Pods per second."),
            SampleRun.metric("storm_duration", "s", .lower, 0.1, judged: true, "Restart storm."),
            SampleRun.metric("storm_rate", "1/s", .higher, 0.05, judged: false, "Pods per second."),
            SampleRun.metric("usable_addresses", "count", .higher, 0.05, judged: false, "Addresses."),
            SampleRun.metric("plugin_peak_memory", "B", .lower, 0.05, judged: false, "Memory."),
            SampleRun.metric("deviations", "count", .lower, 0.05, judged: false, "Deviations."),
        ]
    }()

    private static func trial(
        _ levels: [String: String], block: Int, position: Int, random: inout SeededGenerator
    ) -> RunTrial {
        var trial = RunTrial(
            id: "t\(position)", variant: levels.values.sorted().joined(separator: "/"), factors: levels, block: block,
            position: position, outcome: .completed
        )
        func vary(_ noise: Double = 0.08) -> Double { 1 + noise * Double.random(in: -1...1, using: &random) }
        func add(_ name: String, _ value: Double) { trial.samples[name] = [.init(value: value)] }
        let pods = LevelNumber(levels["pods"] ?? "")?.value ?? 1
        let lanes = LevelNumber(levels["concurrency"] ?? "")?.value ?? 1
        let bases: [String: Double] = ["floor": 0.0012, "bridge": 0.021, "ptp": 0.018, "macvlan": 0.015]
        let base: Double = bases[levels["network"] ?? ""] ?? 1
        let cost: Double = base + (levels["network"] == "bridge" ? 4e-5 : 3e-6) * pods
        let waiting: Double = 0.6 + 0.4 * lanes
        switch levels["operation"] {
        case "lifecycle":
            for (operation, factor) in [("add", 1.0), ("check", 0.5), ("delete", 0.8)] {
                let p50: Double = cost * factor * waiting * vary()
                add("\(operation)_latency_p50", p50)
                add("\(operation)_latency_p90", p50 * 1.3 * vary())
                add("\(operation)_latency_p99", p50 * 1.9 * vary())
                add("\(operation)_cpu", base * factor * 0.7 * vary())
                var histogram = LatencyHistogram()
                for index in 1...200 {
                    let share: Double = 0.8 + Double(index * index) / 60_000
                    histogram.record(nanoseconds: UInt64(p50 * 1e9 * share * vary()))
                }
                trial.histograms["\(operation)_latency"] = histogram
            }
            add("first_packet_p50", 0.0004 * vary())
            add("first_packet_p99", 0.0011 * vary())
            add("pods_per_second", lanes / (cost * waiting) * vary())
            add("fill_rate", 1.8 / base * vary())
            add("drain_rate", 2.2 / base * vary())
            if levels["network"] != "floor" { add("plugin_peak_memory", 9.3e6 * vary(0.02)) }
        case "restart-storm":
            let speedUp: Double = lanes > 1 ? 1.7 : 1
            add("storm_duration", base * pods * 1.2 / speedUp * vary())
            add("storm_rate", speedUp / base * vary())
        case "ipam-exhaustion": add("usable_addresses", 13)
        default: add("deviations", levels["network"] == "floor" ? 0 : 1)
        }
        return trial
    }
}

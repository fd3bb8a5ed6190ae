import Contract
import Results
import Statistics

@testable import Reports

/// A run of service proxies that looks like a real one: positions and operations in the names of metrics, five modes of
/// which one is the bare node, sizes up to 10,000, six blocks, limits in the design, and timelines of churn.
enum ProxyRun {
    static let modes = ["none", "iptables-legacy", "iptables-nft", "nftables", "ipvs"]
    static let sizes = ["1", "10", "100", "1000", "5000", "10000"]
    static let positions = ["first", "middle", "last", "random"]
    static let percentiles = ["01", "50", "90", "99", "999"]
    static let operations = ["program", "add_one", "delete_one", "change_endpoint", "restart"]

    static let standard = run()
    static let model = ReportModel(standard)
    static let charts = ChartCatalogue.charts(model)

    static func run(
        name: String = "proxies", sizes: [String] = sizes, failing: Bool = true, seed: UInt64 = 11
    ) -> RunData {
        var random = SeededGenerator(seed: seed)
        var trials: [RunTrial] = []
        for block in 0..<6 {
            for mode in modes {
                for size in sizes {
                    trials.append(trial(mode, size, block: block, position: trials.count, random: &random))
                    guard failing, mode == "iptables-nft", size == "10000", block == 2 else { continue }
                    trials[trials.count - 1].outcome = .invalid
                    trials[trials.count - 1].reason = "the kernel holds 39,998 rules instead of 40,000"
                    trials[trials.count - 1].samples = [:]
                }
            }
        }
        // Trials of two runs have different names.
        if seed != 11 { for index in trials.indices { trials[index].id += "-\(seed)" } }
        return RunData(
            id: "01KAV5M3T6Q2Z8W4Y7N1B5C9DG" + (seed == 11 ? "" : "-\(seed)"), kind: "NetworkScalabilityTest",
            name: name, testbed: "local", seed: 42,
            startedAt: "2026-11-24T21:03:25.123Z", endedAt: "2026-11-24T21:09:02.871Z", outcome: .trialsFailed,
            resource: SampleRun.resource, toolVersion: "netmachinery 0.1.0",
            design: Design(
                comparedFactor: "proxy", baseline: "none",
                factors: [.init(name: "proxy", levels: modes), .init(name: "services", levels: sizes)],
                scaleFactor: "services",
                thresholds: [
                    .init(metric: "connect_random_p99", limit: 200e-6), .init(metric: "add_one_visible", limit: 0.1),
                    .init(metric: "never_measured", limit: 1),
                ]
            ),
            environment: SampleRun.environment, trials: trials, metrics: metrics
        )
    }

    static let metrics: [Metric] = {
        func seconds(_ name: String, judged: Bool = false) -> Metric {
            SampleRun.metric(name, "s", .lower, 0.1, judged: judged, name)
        }
        var all = positions.flatMap { position in
            percentiles.map { percentile in
                seconds(
                    "connect_\(position)_p\(percentile)",
                    judged: position == "random" && ["50", "99"].contains(percentile))
            }
        }
        for operation in operations {
            for part in ["wall", "planner", "loader_user", "loader_system", "lock_wait", "visible"] {
                all.append(
                    seconds(
                        "\(operation)_\(part)", judged: part == "wall" && operation == "program" || part == "visible"))
            }
            all.append(SampleRun.metric("\(operation)_peak_memory", "B", .lower, 0.1, judged: false, operation))
            all.append(SampleRun.metric("\(operation)_kernel_memory", "B", .lower, 0.1, judged: false, operation))
        }
        all.append(seconds("read_back_wall"))
        all.append(seconds("established_p50", judged: true))
        all.append(SampleRun.metric("connection_rate", "1/s", .higher, 0.1, judged: true, "Connections a second."))
        all.append(seconds("udp_first_packet_last_p50"))
        all.append(SampleRun.metric("rules_traversed_last", "count", .lower, 0.05, judged: false, "Rules."))
        all.append(SampleRun.metric("endpoint_fairness", "1", .higher, 0.05, judged: false, "p of chi-square."))
        all.append(SampleRun.metric("conntrack_entries", "count", .neither, 0.05, judged: false, "Entries."))
        all.append(SampleRun.metric("churn_failed_share", "ratio", .lower, 0.1, judged: false, "Failed connects."))
        all.append(seconds("churn_connect_p50"))
        all.append(seconds("churn_connect_p99"))
        all.append(SampleRun.metric("churn_dead_packets", "count", .lower, 0.1, judged: false, "Lost packets."))
        return all
    }()

    private static func trial(
        _ mode: String, _ size: String, block: Int, position: Int, random: inout SeededGenerator
    ) -> RunTrial {
        var trial = RunTrial(
            id: "t\(position)", variant: "\(mode)/\(size)", factors: ["proxy": mode, "services": size], block: block,
            position: position, outcome: .completed
        )
        func vary(_ noise: Double = 0.06) -> Double { 1 + noise * Double.random(in: -1...1, using: &random) }
        func add(_ name: String, _ value: Double) { trial.samples[name] = [.init(value: value)] }
        let count = LevelNumber(size)?.value ?? 1
        let isList = mode.hasPrefix("iptables")
        let perRule = mode == "iptables-nft" ? 22e-9 : isList ? 14e-9 : 0
        let start: [String: Double] = [
            "none": 31e-6, "iptables-legacy": 38e-6, "iptables-nft": 40e-6, "nftables": 52e-6, "ipvs": 46e-6,
        ]
        let shares: [String: Double] = ["01": 0.01, "50": 0.5, "90": 0.9, "99": 0.99]
        for place in positions {
            let far: [String: Double] = ["first": 0, "middle": 0.5, "last": 1, "random": 0.5]
            let spread: [String: Double] = ["01": 0.8, "50": 1, "90": 1.25, "99": 1.7, "999": 3.1]
            for percentile in percentiles {
                // At random positions the list's length spreads the percentiles.
                let anywhere: Double = shares[percentile] ?? 1
                let share: Double = place == "random" ? anywhere : far[place] ?? 0
                let own: Double = (start[mode] ?? 1) * (spread[percentile] ?? 1)
                add("connect_\(place)_p\(percentile)", (own + share * count * perRule) * vary())
            }
        }
        add("established_p50", (mode == "none" ? 19e-6 : 21e-6) * vary())
        add("connection_rate", 9_000 / (1 + count * perRule * 9_000) * vary())
        add("conntrack_entries", 4_000 * vary(0.2))
        guard mode != "none" else { return trial }
        let loads: [String: Double] = [
            "iptables-legacy": 0.012 + 7e-5 * count + 6e-9 * count * count, "iptables-nft": 0.016 + 9e-5 * count,
            "nftables": 0.030 + 4.5e-5 * count, "ipvs": 0.021 + 1.6e-5 * count,
        ]
        for operation in operations {
            let isWhole = operation == "program" || operation == "restart"
            let small: Double = isList ? 0.008 + count * 3e-5 : 0.009
            let base: Double = isWhole ? loads[mode] ?? 1 : small
            let wall: Double = base * (operation == "restart" ? 1.3 : 1) * vary(0.08)
            add("\(operation)_wall", wall)
            add("\(operation)_planner", wall * 0.06 * vary())
            add("\(operation)_loader_user", wall * 0.5 * vary())
            add("\(operation)_loader_system", wall * 0.3 * vary())
            add("\(operation)_lock_wait", 2e-5 * vary(0.3))
            add("\(operation)_visible", wall * 1.1 * vary())
            add("\(operation)_peak_memory", (4e6 + 800 * count) * vary(0.02))
            add("\(operation)_kernel_memory", (1e5 + (mode == "ipvs" ? 900 : 2_400) * count) * vary(0.02))
        }
        add("read_back_wall", (0.004 + 2e-5 * count) * vary())
        add("udp_first_packet_last_p50", ((start[mode] ?? 1) + count * perRule) * vary())
        add("rules_traversed_last", isList ? count + 12 : 9)
        add("endpoint_fairness", Double.random(in: 0.05...1, using: &random))
        add("churn_failed_share", (isList ? 0.02 + count * 4e-6 : 0.004) * vary(0.2))
        add("churn_connect_p50", (start[mode] ?? 1) * 1.1 * vary())
        add("churn_connect_p99", (start[mode] ?? 1) * 2.4 * vary())
        add("churn_dead_packets", (isList ? 40 : 6) * vary(0.3))
        trial.timeline = timeline(p50: (start[mode] ?? 1) + count * perRule * 0.5, isList: isList, random: &random)
        return trial
    }

    private static func timeline(p50: Double, isList: Bool, random: inout SeededGenerator) -> Timeline {
        let changes = (0..<8).map { index -> Timeline.Change in
            let at = 0.3 + Double(index) * 0.6
            return .init(
                at: at, returned: at + (isList ? 0.22 : 0.01), visible: index == 7 ? nil : at + (isList ? 0.25 : 0.014))
        }
        let bins = (0..<100).map { index -> Timeline.Bin in
            let at = Double(index) * 0.05
            let isDuring = changes.contains { at >= $0.at && at < ($0.visible ?? $0.at + 0.25) }
            let factor = (isDuring ? 1.6 : 1) * Double.random(in: 0.9...1.1, using: &random)
            let failed = isDuring ? Int.random(in: isList ? 2...14 : 0...3, using: &random) : 0
            let hasAny = index != 40
            return .init(
                at: at, connects: 120, failed: failed, p50: hasAny ? p50 * factor : nil,
                p99: hasAny ? p50 * factor * 2.3 : nil, deadPackets: failed * 2
            )
        }
        return Timeline(binSeconds: 0.05, bins: bins, changes: changes)
    }
}

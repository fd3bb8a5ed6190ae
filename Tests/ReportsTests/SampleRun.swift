import Contract
import Results
import Statistics

@testable import Reports

/// A run that looks like a real one: 4 networks, 2 paths, 4 tests, 6 blocks, one failed trial, one noisy variant.
enum SampleRun {
    static let throughput = metric("throughput", "bit/s", .higher, 0.05, judged: true, "Bits carried in a second.")
    static let p50 = metric("latency_p50", "s", .lower, 0.05, judged: true, "Half of the exchanges took at most this.")
    static let p99 = metric("latency_p99", "s", .lower, 0.25, judged: true, "99 of 100 exchanges took at most this.")
    static let rate = metric("transaction_rate", "1/s", .higher, 0.05, judged: false, "Exchanges in a second.")
    static let perGiB = metric("cpu_per_gibibyte", "s/GiB", .lower, 0.1, judged: true, "CPU time of both ends a GiB.")
    static let perKilo = metric(
        "cpu_per_kilotransaction", "s", .lower, 0.1, judged: true, "CPU time of both ends a thousand exchanges."
    )
    static let metrics = [throughput, rate, p50, p99, perGiB, perKilo]

    static let networks = ["host", "bridge", "overlay", "ptp"]
    static let paths = ["same-node", "other-node"]
    static let tests = ["stream", "rr", "crr", "udp-rr"]

    static func metric(
        _ name: String, _ unit: String, _ better: Direction, _ change: Double, judged: Bool, _ description: String
    ) -> Metric {
        Metric(
            name: name, id: MetricCatalogue.id(of: name), unit: unit, better: better, description: description,
            minimumRelevantChange: change,
            judged: judged
        )
    }

    static let design = design(networks: networks, paths: paths)

    static func design(networks: [String], paths: [String]) -> Design {
        Design(
            comparedFactor: "network", baseline: "host",
            factors: [
                .init(name: "network", levels: networks), .init(name: "path", levels: paths),
                .init(name: "test", levels: tests), .init(name: "family", levels: ["ipv4"]),
            ]
        )
    }

    /// The usual run and its model, made once.
    static let standard = run()
    static let model = ReportModel(standard)

    static func run(
        name: String = "quickstart", failing: Bool = true, seed: UInt64 = 42, networks: [String] = networks,
        paths: [String] = paths
    ) -> RunData {
        var random = SeededGenerator(seed: seed)
        var trials: [RunTrial] = []
        for block in 0..<6 {
            var position = 0
            for network in networks {
                for path in paths {
                    for test in tests {
                        let fails = failing && network == "overlay" && path == "same-node"
                        let isFailed = fails && test == "crr" || fails && test == "stream" && block == 3
                        trials.append(
                            trial(
                                [network, path, test], seed: seed, block: block, position: position,
                                reason: isFailed ? reason(test) : nil, random: &random
                            )
                        )
                        position += 1
                    }
                }
            }
        }
        return RunData(
            id: seed == 42 ? "01KAV5M3T6Q2Z8W4Y7N1B5C9DF" : "01KAV5M3T6Q2Z8W4Y7N1B5C9D-\(seed)", kind: "CNIPerformance",
            name: name, testbed: "local", seed: seed,
            startedAt: "2026-11-24T21:03:25.123Z", endedAt: "2026-11-24T21:05:02.871Z",
            outcome: failing ? .trialsFailed : .completed, resource: resource, toolVersion: "netmachinery 0.1.0",
            labels: ["branch": "main"],
            design: design(networks: networks, paths: paths), environment: environment, trials: trials,
            metrics: metrics,
            events: [.init(at: "2026-11-24T21:03:25.200Z", name: "settled", detail: "background CPU 3 %")]
        )
    }

    private static func trial(
        _ levels: [String], seed: UInt64, block: Int, position: Int, reason: String?, random: inout SeededGenerator
    ) -> RunTrial {
        let (network, path, test) = (levels[0], levels[1], levels[2])
        var trial = RunTrial(
            id: seed == 42 ? "t\(block)-\(position)" : "t\(seed)-\(block)-\(position)",
            variant: levels.joined(separator: "/"),
            factors: ["network": network, "path": path, "test": test, "family": "ipv4"], block: block,
            position: position, outcome: reason == nil ? .completed : .failed, reason: reason
        )
        guard reason == nil else { return trial }
        let far = path == "other-node"
        let costs: [String: Double] = ["host": 1.0, "bridge": 1.09, "overlay": far ? 1.62 : 1.11, "ptp": 1.04]
        let cost = costs[network] ?? 1
        // One variant is too noisy for a verdict.
        let noise = network == "ptp" && far && test == "udp-rr" ? 0.5 : 0.025
        func vary() -> Double { 1 + noise * (Double.random(in: -1...1, using: &random)) }
        if test == "stream" {
            trial.samples["throughput"] = [.init(value: (far ? 14.1e9 : 21.3e9) / cost * vary())]
            trial.samples["cpu_per_gibibyte"] = [.init(value: (far ? 0.71 : 0.44) * cost * vary())]
            return trial
        }
        let times: [String: Double] = ["rr": 17e-6, "crr": 71e-6, "udp-rr": 14.5e-6]
        let base = (times[test] ?? 1) * (far ? 1.35 : 1) * cost * vary()
        var histogram = LatencyHistogram()
        for _ in 0..<3_000 {
            let slow = Double.random(in: 0...1, using: &random)
            let tail = slow > 0.985 ? Double.random(in: 1.5...9, using: &random) : 1
            let spread =
                0.8 + 0.2 * (Double.random(in: 0...2, using: &random) + Double.random(in: 0...1, using: &random))
            histogram.record(nanoseconds: UInt64(base * 1e9 * spread * tail))
        }
        trial.histograms["latency"] = histogram
        trial.samples["latency_p50"] = [.init(value: Double(histogram.percentile(50)) / 1e9)]
        trial.samples["latency_p99"] = [.init(value: Double(histogram.percentile(99)) / 1e9)]
        trial.samples["transaction_rate"] = [.init(value: 1 / (base * 1.12))]
        trial.samples["cpu_per_kilotransaction"] = [.init(value: base * 1_100 * vary())]
        return trial
    }

    private static func reason(_ test: String) -> String {
        test == "crr"
            ? "client: connect to 10.22.1.3:5300: Connection refused (111); is the echo server up?"
            : "iperf3 ended with exit code 1: unable to receive control message: Connection reset by peer"
    }

    static let environment = [
        "kernel.release": "6.18.5", "cpu.model": "AMD EPYC 9R14", "cpu.count": "2", "cpu.governor": "unknown",
        "clocksource": "kvm-clock", "os.name": "Debian GNU/Linux 12 (bookworm)", "host.virtualization": "kvm",
        "memory.total_bytes": "25179869184", "sysctl.net.ipv4.tcp_congestion_control": "cubic",
        "sysctl.net.core.rmem_max": "212992", "tool.iperf3": "3.12", "tool.cni.bridge": "1.1.1", "boot_id": "7a1c",
    ]

    static let resource = """
        {"apiVersion":"networkmachinery.io/v1alpha1","kind":"CNIPerformance","metadata":{"name":"quickstart"},\
        "spec":{"baseline":"host","networks":[{"name":"bridge","preset":"bridge"}],"nodes":2}}
        """
}

import Contract
import Quantities
import Resources
import Statistics
import Testbed
import Testing

@testable import Experiments

@Suite("several pairs at once")
struct PairsTests {
    private func plan(
        _ pairs: String, baseline: String = "", paths: String = "[same-node, other-node]"
    ) throws
        -> CNIPerformancePlan
    {
        let documents = try ResourceDecoder.decode(
            yaml: """
                apiVersion: networkmachinery.io/v1alpha1
                kind: CNIPerformance
                metadata: {name: pairs}
                spec:
                  networks: [{name: bridge, preset: bridge}]
                  \(baseline)
                  paths: \(paths)
                  pairs: \(pairs)
                  tests: [{name: stream, tool: iperf3, protocol: tcp, duration: 1s}]
                  repetitions: {minimum: 6, maximum: 6}
                """, file: "pairs.yaml")
        return CNIPerformancePlan(spec: try #require(documents.first?.resource as? CNIPerformance).spec)
    }

    private static func ends(_ layout: PathLayout) -> String { "\(layout.client) \(layout.server)" }

    @Test("each is a level of a factor, and every end stands on a pod of its own")
    func layouts() throws {
        let plan = try plan("[1-1, 3-3, 3-1, 1-2]")
        #expect(plan.design.factors.map(\.name) == ["network", "path", "pairs", "test"])
        #expect(plan.design.factors[2].levels == ["1-1", "3-3", "3-1", "1-2"])
        // Three clients and three servers on node 0; three servers on node 1.
        #expect(plan.topology.networks.first?.podsOnNode == [6, 3])
        let found = Dictionary(
            plan.cells.map { ("\($0.path) \($0.pairs)", plan.layouts(of: $0)) }, uniquingKeysWith: { first, _ in first }
        )
        func pods(_ key: String) throws -> [[Place]] {
            try #require(found[key]).map { [$0.client, $0.server] }
        }
        func pod(_ index: Int, _ node: Int) -> Place { .pod(index, on: node, of: "bridge") }
        #expect(try pods("other-node 1-1") == [[pod(0, 0), pod(0, 1)]])
        #expect(try pods("other-node 3-3") == (0..<3).map { [pod($0, 0), pod($0, 1)] })
        #expect(try pods("other-node 3-1") == (0..<3).map { [pod($0, 0), pod(0, 1)] })
        #expect(try pods("other-node 1-2") == (0..<2).map { [pod(0, 0), pod($0, 1)] })
        #expect(try pods("same-node 3-1") == (0..<3).map { [pod($0, 0), pod(3, 0)] })
        #expect(try pods("same-node 3-3") == (0..<3).map { [pod($0, 0), pod(3 + $0, 0)] })
    }

    @Test("the floor of all pairs is the nodes, and one form alone is no factor")
    func baseline() throws {
        let plan = try plan("[2-2]", baseline: "baseline: host", paths: "[other-node]")
        #expect(plan.design.factors.map(\.name) == ["network", "path", "test"])
        let bare = try #require(plan.cells.first { $0.network == "host" })
        #expect(plan.layouts(of: bare).count == 2 && Set(plan.layouts(of: bare).map(Self.ends)).count == 1)
    }

    private func pair(
        _ bits: Double, lag: Double = 0, latencies: [UInt64] = [], extra: [Sample] = []
    ) -> Measurement {
        var histogram = LatencyHistogram()
        for latency in latencies { histogram.record(nanoseconds: latency) }
        return Measurement(
            samples: [
                .init(metric: "throughput", value: bits), .init(metric: "begin_lag", value: lag),
                .init(metric: "cpu_client", value: 1), .init(metric: "cpu_server", value: 1),
                .init(metric: "bytes", value: bits / 8),
            ] + extra,
            histograms: latencies.isEmpty ? [:] : ["latency": histogram.json()],
            artifacts: [Artifact(name: "iperf3.json", mediaType: "application/json", text: "{}")], remarks: ["busy"])
    }

    private static func test() throws -> CNIPerformance.Test {
        try #require(PairsTests().plan("[1-1]").spec.tests.first)
    }

    @Test("totals are sums, each pair has its own, and Jain's index says how even that was")
    func totals() throws {
        let all = try PairsMeasurement(
            [pair(9e9, extra: [.init(metric: "softirq_cpu", value: 3)]), pair(3e9), pair(0)], of: Self.test()
        ).combined()
        #expect(all.value(of: "throughput") == 12e9)
        #expect(all.samples.filter { $0.metric == "pair_throughput" }.map(\.value) == [9e9, 3e9, 0])
        // 12^2 / (3 (81 + 9)).
        #expect(try abs(#require(all.value(of: "fairness")) - 144.0 / 270) < 1e-12)
        #expect(all.value(of: "cpu_client") == 3)
        // Six seconds for 1.5e9 bytes.
        #expect(try abs(#require(all.value(of: "cpu_per_gibibyte")) - 6 / (1.5e9 / 1_073_741_824)) < 1e-9)
        #expect(all.samples.filter { $0.metric == "cpu_per_gibibyte" }.count == 1)
        // What the machine did is one client's to read, and of all that was carried.
        #expect(all.value(of: "softirq_cpu") == 3)
        #expect(try abs(#require(all.value(of: "softirq_cpu_per_gibibyte")) - 3 / (1.5e9 / 1_073_741_824)) < 1e-9)
        #expect(all.artifacts.map(\.name) == ["pair-0-iperf3.json", "pair-1-iperf3.json", "pair-2-iperf3.json"])
        #expect(all.remarks == ["pair 0: busy", "pair 1: busy", "pair 2: busy"])
    }

    @Test("percentiles are those of all round trips together, and never a mean of percentiles")
    func percentiles() throws {
        let fast = pair(
            1, latencies: Array(repeating: 1_000, count: 99), extra: [.init(metric: "latency_p50", value: 1e-6)])
        let slow = pair(1, latencies: [50_000_000], extra: [.init(metric: "latency_p50", value: 50e-3)])
        let all = try PairsMeasurement([fast, slow], of: Self.test()).combined()
        #expect(try abs(#require(all.value(of: "latency_p50")) - 1e-6) < 1e-8)
        #expect(all.histograms.keys.sorted() == ["latency"])
    }

    @Test("packets are shared, too, and what they cost is of all, once")
    func packets() throws {
        func pair(_ rate: Double) -> Measurement {
            Measurement(samples: [
                .init(metric: "packet_rate", value: rate), .init(metric: "packets", value: rate),
                .init(metric: "begin_lag", value: 0), .init(metric: "cpu_client", value: 1),
                .init(metric: "cpu_server", value: 1), .init(metric: "cpu_per_kilopacket", value: 2_000 / rate),
            ])
        }
        let all = try PairsMeasurement([pair(1_000), pair(3_000)], of: Self.test()).combined()
        #expect(all.value(of: "packet_rate") == 4_000)
        #expect(all.samples.filter { $0.metric == "pair_packet_rate" }.map(\.value) == [1_000, 3_000])
        #expect(all.value(of: "fairness") == 0.8)
        #expect(all.samples.filter { $0.metric == "cpu_per_kilopacket" }.map(\.value) == [1])
    }

    @Test("clients that did not run together have no sum")
    func apart() throws {
        let together = try PairsMeasurement([pair(1), pair(1, lag: 0.049)], of: Self.test()).combined()
        #expect(together.value(of: "begin_lag") == 0.049)
        #expect(throws: TrialFailure.self) {
            try PairsMeasurement([pair(1), pair(1, lag: 0.051)], of: Self.test()).combined()
        }
        var silent = pair(1)
        silent.samples.removeAll { $0.metric == "begin_lag" }
        #expect(throws: TrialFailure.self) {
            try PairsMeasurement([pair(1), silent], of: Self.test()).combined()
        }
    }
}

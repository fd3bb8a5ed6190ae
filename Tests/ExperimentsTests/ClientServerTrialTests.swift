import Contract
import Quantities
import Resources
import TestSupport
import Testbed
import Testing

@testable import Experiments

@Suite("One trial of a client against a server")
struct ClientServerTrialTests {
    private static let client = Place.pod(0, on: 0, of: "bridge")
    private static let server = Place.pod(0, on: 1, of: "bridge")

    private func trial(_ more: String = "") throws -> ClientServerTrial {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIPerformance
            metadata: {name: trial}
            spec:
              networks: [{name: bridge, preset: bridge}]
              paths: [other-node]
              tests:
              - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 250ms\(more)}
              repetitions: {minimum: 6, maximum: 6}
            """
        let documents = try ResourceDecoder.decode(yaml: yaml, file: "trial.yaml")
        let resource = try #require(documents.first?.resource as? CNIPerformance)
        let cell = try #require(CNIPerformancePlan(spec: resource.spec).cells.first)
        return ClientServerTrial(
            layout: PathLayout(.otherNode, of: "bridge", outside: 2),
            proxy: .nftables,
            family: .ipv4,
            probes: ProbePlanner(cell: cell, warmUp: resource.spec.warmUp, deadline: .seconds(5), seed: 0)
        )
    }

    private static let listening = ProbeEvent.ready(port: 4000, tool: "netmachinery", version: "1")

    @Test("what both ends report is one measurement, with the cost worked out from both")
    func completed() async throws {
        let testbed = ScriptedTestbed([
            Self.server: [Self.listening, .sample(metric: "cpu_server", value: 0.2, censored: false), .done],
            Self.client: [
                .sample(metric: "latency_p50", value: 60e-6, censored: false),
                .sample(metric: "latency_p99", value: 90e-6, censored: true),
                .sample(metric: "transactions", value: 4000, censored: false),
                .sample(metric: "cpu_client", value: 0.2, censored: false),
                .histogram(metric: "latency", json: "{}"), .done,
            ],
        ])
        let measurement = try await trial().run(on: testbed)
        #expect(measurement.value(of: "latency_p50") == 60e-6)
        #expect(measurement.value(of: "cpu_per_kilotransaction") == 0.1)
        #expect(measurement.histograms == ["latency": "{}"])
        #expect(testbed.ports == [4000])
    }

    @Test("a client's failure is the trial's, with the place and the probe's own words")
    func clientFails() async throws {
        let testbed = ScriptedTestbed([
            Self.server: [Self.listening, .done],
            Self.client: [
                .artifact(name: "stdout", mediaType: "text/plain", text: "rubbish"),
                .failure(code: "rubbish", message: "iperf3 printed no JSON"), .done,
            ],
        ])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(failure?.outcome == .failed)
        #expect(failure?.reason == "probe at bridge/node0/pod0: iperf3 printed no JSON")
        #expect(failure?.artifacts.map(\.text) == ["rubbish"])
    }

    @Test("a probe that reached its deadline makes the trial timed out, not failed")
    func clientTimesOut() async throws {
        let testbed = ScriptedTestbed([
            Self.server: [Self.listening, .done],
            Self.client: [.failure(code: "timedOut", message: "no reply within 5 s"), .done],
        ])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(failure?.outcome == .timedOut)
    }

    @Test("the server's words and artifacts stand beside a client's failure")
    func bothFail() async throws {
        let testbed = ScriptedTestbed([
            Self.server: [
                Self.listening, .sample(metric: "cpu_server", value: 0.2, censored: false),
                .artifact(name: "server-output", mediaType: "text/plain", text: "no memory"),
                .failure(code: "toolFailed", message: "it ran out of memory"), .done,
            ],
            Self.client: [
                .artifact(name: "client-output", mediaType: "text/plain", text: "reset"),
                .failure(code: "connectionReset", message: "the peer broke off"), .done,
            ],
        ])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(
            failure?.reason
                == "probe at bridge/node0/pod0: the peer broke off; the server at bridge/node1/pod0 said: it ran out of memory"
        )
        #expect(failure?.artifacts.map(\.text) == ["reset", "no memory"])
        #expect(failure?.samples.map(\.metric) == ["cpu_server"])
    }

    @Test("a server that fails alone is the trial's failure, with what the client counted")
    func onlyServerFails() async throws {
        let testbed = ScriptedTestbed([
            Self.server: [Self.listening, .failure(code: "toolFailed", message: "it ran out of memory"), .done],
            Self.client: [.sample(metric: "transactions", value: 5, censored: false), .done],
        ])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(failure?.reason == "probe at bridge/node1/pod0: it ran out of memory")
        #expect(failure?.samples == [.init(metric: "transactions", value: 5)])
    }

    @Test("requests that timed out stay in a failure as censored samples")
    func silenceKeepsSamples() async throws {
        let testbed = ScriptedTestbed([
            Self.server: [Self.listening, .done],
            Self.client: [
                .sample(metric: "latency", value: 1, censored: true),
                .sample(metric: "timeouts", value: 1, censored: false),
                .failure(code: "timedOut", message: "no reply"), .done,
            ],
        ])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(
            failure?.samples
                == [.init(metric: "latency", value: 1, censored: true), .init(metric: "timeouts", value: 1)]
        )
    }

    @Test(
        "ends that are to have distinct processors get two, others one or any",
        arguments: [
            ("same", 0, 0), ("distinct", 0, 1), ("any", nil, nil),
        ] as [(String, Int?, Int?)])
    func processors(_ words: String, _ client: Int?, _ server: Int?) throws {
        let probes = try trial(", processors: \(words)").probes
        #expect(probes.client(target: IPAddress(127, 0, 0, 1), port: 1).processor == client)
        #expect(probes.server(at: nil).processor == server)
    }

    @Test("what a test leaves out at its beginning goes before the warm-up of all tests")
    func warmUp() throws {
        for (words, nanoseconds) in [("", try trial().probes.warmUp.nanoseconds), (", omit: 30ms", 30_000_000)] {
            let plan = try trial(words).probes.client(target: IPAddress(127, 0, 0, 1), port: 1)
            let probe = try #require(plan.probe as? LatencyProbe)
            #expect(probe.warmUpNanoseconds == UInt64(nanoseconds))
        }
        #expect(try trial().probes.warmUp != .milliseconds(30))
    }

    @Test("the server stays longer than its client may")
    func serverOutlastsClient() throws {
        let probes = try trial().probes
        let target = try #require(IPAddress(bytes: [127, 0, 0, 1]))
        #expect(probes.client(target: target, port: 1).deadlineSeconds == 5)
        #expect(probes.server(at: nil).deadlineSeconds == 10)
    }

    @Test(
        "a server that never listens fails the trial with its reason",
        arguments: [
            ([ProbeEvent.failure(code: "portInUse", message: "port 4000 is taken"), .done], "port 4000 is taken"),
            ([ProbeEvent](), "it ended without a result"),
        ]
    )
    func serverFails(_ events: [ProbeEvent], _ words: String) async throws {
        let testbed = ScriptedTestbed([Self.server: events, Self.client: [.done]])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(failure?.reason == "probe at bridge/node1/pod0: \(words)")
    }

    @Test("a server whose agent is lost fails the trial as the testbed says, unless the client failed before")
    func serverIsLost() async throws {
        let lost = TestbedError(code: .timedOut, operation: "hear from", object: "the agent", cause: "no answer")
        for (end, outcome) in [
            (ProbeEvent.done, TrialOutcome.timedOut), (.failure(code: "rubbish", message: "no JSON"), .failed),
        ] {
            let testbed = ScriptedTestbed(
                [Self.server: [Self.listening], Self.client: Self.whole + [end, .done]], broken: [Self.server: lost])
            let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
            #expect(failure?.outcome == outcome)
            #expect(failure?.reason.contains(outcome == .failed ? "no JSON" : "hear from") == true)
        }
    }

    @Test("a client that ends well but reports no number makes the trial invalid, not a zero")
    func nothingReported() async throws {
        let testbed = ScriptedTestbed([Self.server: [Self.listening, .done], Self.client: [.done]])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(failure?.outcome == .invalid)
    }

    /// What a client of the test reports at least, with the server's part of the cost.
    private static let whole: [ProbeEvent] = [
        .sample(metric: "latency_p50", value: 60e-6, censored: false),
        .sample(metric: "latency_p99", value: 90e-6, censored: false),
        .sample(metric: "transactions", value: 4000, censored: false),
        .sample(metric: "cpu_client", value: 0.2, censored: false),
    ]

    @Test("a generator that was the limit is remarked on, behind what the probes themselves remark")
    func generatorLimited() async throws {
        let testbed = ScriptedTestbed([
            Self.server: [
                Self.listening, .remark("one processor"), .sample(metric: "cpu_server", value: 0.2, censored: false),
                .done,
            ],
            Self.client: Self.whole + [
                .remark("printed twice"), .sample(metric: "generator_limited", value: 1, censored: false), .done,
            ],
        ])
        let remarks = try await trial().run(on: testbed).remarks
        #expect(
            remarks == ["one processor", "printed twice", "the generator was the limit: an end was busy all the time"])
    }

    @Test("a trial without a metric that its test is about is invalid, with what it measured", arguments: 0..<4)
    func requiredMetric(_ missing: Int) async throws {
        let testbed = ScriptedTestbed([
            Self.server: [Self.listening, .sample(metric: "cpu_server", value: 0.2, censored: false), .done],
            Self.client: Self.whole.enumerated().filter { $0.offset != missing }.map(\.element) + [
                .artifact(name: "report", mediaType: "text/plain", text: "P99=-nan"), .done,
            ],
        ])
        let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
        #expect(failure?.outcome == .invalid)
        let name = ["latency_p50", "latency_p99", "cpu_per_kilotransaction", "cpu_per_kilotransaction"][missing]
        #expect(failure?.reason.contains("measured no \(name)") == true, "\(failure?.reason ?? "")")
        #expect(failure?.artifacts.map(\.text) == ["P99=-nan"])
        #expect(failure?.samples.isEmpty == false)
    }

    @Test(
        "what a test is about are the judged metrics that its tool can say",
        arguments: [
            (CNIPerformance.Tool.iperf3, TrafficPattern?.none, ["throughput", "cpu_per_gibibyte"]),
            (.netperf, .stream, ["throughput"]), (.netperf, .requestResponse, ["latency_p50", "latency_p99"]),
            (.netperf, .connectRequestClose, ["latency_p50", "latency_p99"]),
            (.latency, .openLoop, ["latency_p50", "latency_p99", "cpu_per_kilotransaction"]),
            (.packets, .flood, ["packet_rate"]), (.packets, .highestRate, ["highest_packet_rate"]),
        ]
    )
    func required(_ tool: CNIPerformance.Tool, _ pattern: TrafficPattern?, _ names: [String]) throws {
        var test = try trial().probes.cell.test
        test.tool = tool
        test.pattern = pattern
        #expect(RequiredMetrics.names(of: test) == names)
    }

    @Test("numbers that contradict each other are invalid, and pods that share an address cannot be measured")
    func outcomes() async throws {
        for (code, outcome) in [("contradictory", TrialOutcome.invalid), ("sharedAddress", .skipped)] {
            let testbed = ScriptedTestbed([
                Self.server: [Self.listening, .done],
                Self.client: [.failure(code: code, message: "two numbers"), .done],
            ])
            let failure = await #expect(throws: TrialFailure.self) { try await trial().run(on: testbed) }
            #expect(failure?.outcome == outcome)
        }
    }
}

import Contract
import Resources
import TestSupport
import Testbed
import Testing

@testable import Experiments

@Suite("Trials of a CNIBenchmark")
struct CNIBenchmarkExperimentTests {
    private static func place(_ network: String) -> Place { Place.node(0, of: network) }

    private func experiment() throws -> CNIBenchmarkExperiment {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIBenchmark
            metadata: {name: trials}
            spec:
              networks: [{name: bridge, preset: bridge}, {name: macvlan, preset: macvlan}]
              operations: [add, conformance]
              repetitions: {minimum: 6, maximum: 6}
            """
        let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "trials.yaml").first)
        return try #require(ExperimentRegistry.experiment(for: document) as? CNIBenchmarkExperiment)
    }

    private func variant(_ experiment: CNIBenchmarkExperiment, _ network: String, _ work: String) throws -> Variant {
        try #require(
            experiment.variants.first {
                $0.level(of: "network") == network && $0.level(of: "operation") == work
            }
        )
    }

    @Test("what the agent reports is the measurement")
    func completed() async throws {
        let testbed = ScriptedTestbed([
            Self.place("bridge"): [
                .histogram(metric: "add_latency", json: "{}"), .remark("CHECK was not measured"),
                .sample(metric: "add_latency_p50", value: 0.03, censored: false),
                .sample(metric: "first_packet_p50", value: 0.001, censored: false), .done,
            ]
        ])
        let experiment = try experiment()
        let measurement = try await experiment.measure(
            try variant(experiment, "bridge", "lifecycle"), in: .test(testbed))
        #expect(measurement.value(of: "add_latency_p50") == 0.03)
        #expect(measurement.histograms == ["add_latency": "{}"])
        #expect(measurement.events.isEmpty)
        #expect(measurement.remarks == ["CHECK was not measured"])
    }

    @Test(
        "a trial without the metric that it is about is invalid",
        arguments: [("lifecycle", "first_packet_p50"), ("conformance", "deviations")]
    )
    func required(_ work: String, _ metric: String) async throws {
        let testbed = ScriptedTestbed([
            Self.place("bridge"): [.sample(metric: "add_latency_p50", value: 0.03, censored: false), .done]
        ])
        let experiment = try experiment()
        let variant = try variant(experiment, "bridge", work)
        let failure = await #expect(throws: TrialFailure.self) {
            try await experiment.measure(variant, in: .test(testbed))
        }
        #expect(failure?.outcome == .invalid)
        #expect(failure?.reason.contains("measured no \(metric)") == true)
    }

    /// An experiment with a list of a user's own.
    private func listed(_ works: String = "add, restart-storm, conformance") throws -> CNIBenchmarkExperiment {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIBenchmark
            metadata: {name: listed}
            spec:
              networks: [{name: mine, conflist: mine.conflist}]
              operations: [\(works)]
              pods: [1, 5]
              repetitions: {minimum: 1, maximum: 1}
            """
        let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "/nowhere/listed.yaml").first)
        return try #require(ExperimentRegistry.experiment(for: document) as? CNIBenchmarkExperiment)
    }

    @Test("a user's list is tried, too: pods that share an address skip what needs two of them, and nothing else")
    func sharedAddress() async throws {
        let testbed = ScriptedTestbed([
            Self.place("mine"): [.failure(code: "sharedAddress", message: "pods 0 and 1 have 10.0.0.2"), .done]
        ])
        let experiment = try listed()
        for variant in experiment.variants {
            let reason = await experiment.obstacle(to: variant, on: testbed)
            let work = try #require(variant.level(of: "operation"))
            let needsTwo = work == "lifecycle" || (work == "restart-storm" && variant.level(of: "pods") == "5")
            #expect((reason != nil) == needsTwo, "\(variant)")
            if needsTwo {
                #expect(reason?.contains("mine.conflist") == true)
                #expect(reason?.contains("pods 0 and 1 have 10.0.0.2") == true)
            }
        }
    }

    @Test(
        "what the machine lacks for a user's list is skipped as for a preset; a list's own failure is measured",
        arguments: [
            ("toolFailed", "failed to create ipvlan: operation not supported", true),
            ("toolFailed", "can't initialize iptables table `nat': Table does not exist", true),
            ("toolMissing", "it is in none of /opt/cni/bin", true),
            ("toolFailed", "failed to set bridge addr: already has an IP address", false),
            ("rubbish", "it printed", false),
            ("timedOut", "operation not supported", false), ("leaked", "1 thing", false),
        ]
    )
    func lack(_ code: String, _ message: String, _ isSkipped: Bool) async throws {
        let testbed = ScriptedTestbed([Self.place("mine"): [.failure(code: code, message: message), .done]])
        let experiment = try listed("add")
        let variant = try #require(experiment.variants.first)
        let reason = await experiment.obstacle(to: variant, on: testbed)
        #expect((reason != nil) == isSkipped, "\(reason ?? "")")
    }

    @Test(
        "a plugin's failure is the trial's, with what the plugin said",
        arguments: [
            ("toolFailed", TrialOutcome.failed), ("leaked", .failed), ("misplaced", .failed),
            ("rubbish", .failed), ("timedOut", .timedOut), ("notApplicable", .skipped),
        ]
    )
    func failures(_ code: String, _ outcome: TrialOutcome) async throws {
        let testbed = ScriptedTestbed([
            Self.place("bridge"): [
                .artifact(name: "cniOperations-output", mediaType: "text/plain", text: "boom"),
                .failure(code: code, message: "it broke"), .done,
            ]
        ])
        let experiment = try experiment()
        let variant = try variant(experiment, "bridge", "lifecycle")
        let failure = await #expect(throws: TrialFailure.self) {
            try await experiment.measure(variant, in: .test(testbed))
        }
        #expect(failure?.outcome == outcome)
        #expect(failure?.reason == "probe at bridge/node0: it broke")
        #expect(failure?.artifacts.map(\.text) == ["boom"])
    }

    @Test("findings about conformance become events with the network's name")
    func conformance() async throws {
        let findings = """
            [{"check":"ADD twice","expected":"an error object","found":"success","verdict":"deviates"},
             {"check":"GC","expected":"from version 1.1.0 on","found":"1.0.0","verdict":"not applicable"}]
            """
        let testbed = ScriptedTestbed([
            Self.place("bridge"): [
                .artifact(name: "conformance", mediaType: "application/json", text: findings),
                .sample(metric: "deviations", value: 1, censored: false), .done,
            ]
        ])
        let experiment = try experiment()
        let variant = try variant(experiment, "bridge", "conformance")
        let events = try await experiment.measure(variant, in: .test(testbed)).events
        #expect(events.map(\.name) == ["conformance", "conformance"])
        #expect(
            events.first?.detail
                == #"{"check":"ADD twice","expected":"an error object","found":"success","network":"bridge","verdict":"deviates"}"#
        )
        #expect(experiment.repetitionLimit(of: variant) == 1)
    }

    @Test("findings that are not understood make the trial invalid")
    func rubbishFindings() {
        let artifact = Artifact(name: "conformance", mediaType: "application/json", text: "rubbish")
        let failure = #expect(throws: TrialFailure.self) {
            try ConformanceEvents.events(from: [artifact], network: "bridge")
        }
        #expect(failure?.outcome == .invalid)
    }

    @Test("a preset that plugins refuse here is skipped in their words; one that fails otherwise is measured")
    func skipped() async throws {
        let refusing = ScriptedTestbed([
            Self.place("macvlan"): [.failure(code: "toolFailed", message: "operation not supported"), .done]
        ])
        let experiment = try experiment()
        let variant = try variant(experiment, "macvlan", "lifecycle")
        let reason = await experiment.obstacle(to: variant, on: refusing)
        #expect(reason?.contains("operation not supported") == true)
        let leaking = ScriptedTestbed([
            Self.place("macvlan"): [.failure(code: "leaked", message: "1 thing"), .done]
        ])
        // The first answer is remembered, so another experiment is asked.
        #expect(await (try self.experiment()).obstacle(to: variant, on: leaking) == nil)
        #expect(await experiment.obstacle(to: variant, on: leaking) == reason)
        let bridge = try self.variant(experiment, "bridge", "lifecycle")
        #expect(await experiment.obstacle(to: bridge, on: refusing) == nil)
    }
}

import Probes
import Resources
import TestSupport
import Testbed
import Testing

@testable import Experiments

@Suite("Trials of a CNIBenchmark")
struct CNIBenchmarkExperimentTests {
    private static func place(_ network: String) -> Place { Place(network: network, node: 0) }

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
                .histogram(metric: "add_latency", json: "{}"),
                .sample(metric: "add_latency_p50", value: 0.03, censored: false), .done,
            ]
        ])
        let experiment = try experiment()
        let measurement = try await experiment.measure(
            try variant(experiment, "bridge", "lifecycle"), on: testbed)
        #expect(measurement.value(of: "add_latency_p50") == 0.03)
        #expect(measurement.histograms == ["add_latency": "{}"])
        #expect(measurement.events.isEmpty)
    }

    @Test(
        "a plugin's failure is the trial's, with what the plugin said",
        arguments: [
            ("toolFailed", TrialFailure.Outcome.failed), ("leaked", .failed), ("misplaced", .failed),
            ("rubbish", .failed), ("timedOut", .timedOut), ("notApplicable", .skipped),
        ]
    )
    func failures(_ code: String, _ outcome: TrialFailure.Outcome) async throws {
        let testbed = ScriptedTestbed([
            Self.place("bridge"): [
                .artifact(name: "cniOperations-output", mediaType: "text/plain", text: "boom"),
                .failure(code: code, message: "it broke"), .done,
            ]
        ])
        let experiment = try experiment()
        let variant = try variant(experiment, "bridge", "lifecycle")
        let failure = await #expect(throws: TrialFailure.self) { try await experiment.measure(variant, on: testbed) }
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
        let events = try await experiment.measure(variant, on: testbed).events
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
        let reason = await experiment.reasonToSkip(variant, on: refusing)
        #expect(reason?.contains("operation not supported") == true)
        let leaking = ScriptedTestbed([
            Self.place("macvlan"): [.failure(code: "leaked", message: "1 thing"), .done]
        ])
        // The first answer is remembered, so another experiment is asked.
        #expect(await (try self.experiment()).reasonToSkip(variant, on: leaking) == nil)
        #expect(await experiment.reasonToSkip(variant, on: leaking) == reason)
        let bridge = try self.variant(experiment, "bridge", "lifecycle")
        #expect(await experiment.reasonToSkip(bridge, on: refusing) == nil)
    }
}

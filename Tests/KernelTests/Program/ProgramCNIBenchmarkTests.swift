import Contract
import Foundation
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("A CNIBenchmark")
    struct CNIBenchmark {
        private static let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIBenchmark
            metadata: {name: tiny-bench}
            spec:
              networks:
              - {name: floor, preset: netlink}
              - {name: bridge, preset: bridge}
              - {name: bad, conflist: ./bad.conflist}
              pods: [1, 2, 3]
              sampled: 2
              operations: [add, check, delete, ipam-exhaustion, conformance]
              timeout: 5s
              repetitions: {minimum: 2, maximum: 2}
              settle: {maximumBackground: 100%, window: 10ms, patience: 10ms}

            """

        @Test("measures plugins against the floor, goes on past one that fails, and leaves nothing")
        func endToEnd() async throws {
            try await Workbench.with("cnibenchmark") { bench in
                _ = try bench.write("#!/bin/sh\necho no luck today >&2\nexit 3\n", to: "cni/bad", executable: true)
                _ = try bench.write(
                    #"{"cniVersion": "1.0.0", "name": "bad", "plugins": [{"type": "bad"}]}"#, to: "bad.conflist")
                let file = try bench.write(Self.yaml, to: "scenario.yaml")
                let plugins = ["\(bench.directory)/cni"] + ContainerNetworkingBench.plugins
                let result = try await bench.startRun(
                    file, environment: ["CNI_PATH": plugins.joined(separator: ":")]
                ).end(within: .seconds(150))
                #expect(result.exitCode == 4, "\(result.standardError)")
                let store = try bench.store()
                let run = try bench.lastRun()
                #expect(run.kind == "CNIBenchmark")
                #expect(run.design.contains(#""scaleFactor":"pods""#))
                try check(store, run)
                try checkFailures(store, run)
                #expect(FileManager.default.fileExists(atPath: "\(bench.plots)/report.html"))
                #expect(try store.ledgerEntries().isEmpty)
            }
        }

        private func check(_ store: Store, _ run: RunRecord) throws {
            let trials = try store.trials(runID: run.id).filter { $0.factors["network"] != "bad" }
            let failures = trials.filter { $0.outcome != .completed }.map { "\($0.variant): \($0.reason ?? "")" }
            #expect(failures.isEmpty)
            let counts = Dictionary(grouping: trials) { $0.factors["operation"] ?? "" }.mapValues(\.count)
            #expect(counts == ["lifecycle": 12, "ipam-exhaustion": 1, "conformance": 1])
            #expect(try store.samples(runID: run.id, metric: "add_latency_p50").count == 12)
            #expect(try store.histograms(runID: run.id, metric: "first_packet").count == 12)
            #expect(try store.samples(runID: run.id, metric: "usable_addresses").map(\.value) == [13])
            let events = try store.events(runID: run.id)
            let findings = events.filter { $0.name == "conformance" && $0.detail.contains(#""network":"bridge""#) }
            #expect(findings.count > 10)
            #expect(findings.contains { $0.detail.contains(#""verdict":"conforms""#) })
        }

        private func checkFailures(_ store: Store, _ run: RunRecord) throws {
            let failed = try store.trials(runID: run.id).filter {
                $0.factors["network"] == "bad" && $0.factors["operation"] == "lifecycle"
            }
            #expect(failed.count == 6)
            #expect(
                failed.allSatisfy { $0.outcome == .failed && $0.reason?.contains("without an error object") == true })
            let kept = try store.artifacts(runID: run.id).filter { $0.data.contains("no luck today") }
            #expect(Set(failed.map(\.id)).isSubset(of: Set(kept.map(\.trialID))))
        }
    }
}

import Contract
import Foundation
import Reports
import Results
import TestSupport
import Testing

@testable import Commands

@Suite("compare: what it ends with")
struct ComparisonOutcomeTests {
    /// Records a run of one network with eight trials, each `factor` times as slow as usual, and by `spread` more and
    /// less in turn; all failed without a factor.
    private static func record(
        into store: Store, label: String, factor: Double?, spread: Double = 0, resource: String = "{}",
        outcome: RunOutcome = .completed, kind: String = "K", facts: [String: String] = [:], jitter: Double = 0
    ) throws {
        let design = #"{"comparedFactor":"network","factors":[{"name":"network","levels":["bridge"]}]}"#
        let run = RunRecord(
            kind: kind, name: "n", testbed: "local", seed: 1, resource: resource, design: design, toolVersion: "v",
            labels: ["run": label]
        )
        try store.begin(run)
        try store.recordEnvironment(runID: run.id, facts)
        try store.define(metrics: [
            MetricRecord(name: "latency_p50", unit: "s", better: .lower, description: "Median.", judged: true)
        ])
        for block in 0..<8 {
            let now = Timestamp.now()
            let trial = TrialRecord(
                runID: run.id, variant: "bridge", factors: ["network": "bridge"], block: block, position: 0,
                startedAt: now, endedAt: now, outcome: factor == nil ? .failed : .completed,
                reason: factor == nil ? "refused" : nil
            )
            let turn = block.isMultiple(of: 2) ? 1 + spread : 1 / (1 + spread)
            let samples = factor.map {
                [
                    SampleRecord(
                        trialID: trial.id, metric: "latency_p50", value: $0 * turn * (100 + Double(block) + jitter))
                ]
            }
            try store.record(trial: trial, samples: samples ?? [], histograms: [], artifacts: [])
        }
        try store.finish(runID: run.id, outcome: outcome)
    }

    private func withRuns(_ body: ([String]) async throws -> Void) async throws {
        try await ScratchDirectory.with { directory in
            let database = "\(directory)/results.sqlite"
            let store = try Store.open(at: database)
            try Self.record(into: store, label: "base", factor: 1)
            try Self.record(into: store, label: "same", factor: 1, outcome: .interrupted, jitter: 0.1)
            try Self.record(into: store, label: "slow", factor: 2)
            try Self.record(into: store, label: "noisy", factor: 1, spread: 0.25)
            try Self.record(into: store, label: "lost", factor: nil)
            try Self.record(into: store, label: "other", factor: 1, resource: #"{"spec":{"streams":4}}"#, jitter: 0.1)
            try Self.record(into: store, label: "kind", factor: 1, kind: "Other", jitter: 0.1)
            try Self.record(into: store, label: "plugin", factor: 1, facts: ["kernel.release": "7.0"], jitter: 0.1)
            try Self.record(into: store, label: "empty", factor: nil)
            try await body(["--database", database])
        }
    }

    @Test("a regression, values that were lost, and another resource end with 1; what is the same ends with 0")
    func exitCodes() async throws {
        try await withRuns { store in
            let expected: [(String, [String], ProgramExit)] = [
                ("same", [], .done), ("slow", [], .comparisonFailed), ("lost", [], .comparisonFailed),
                ("other", [], .comparisonFailed), ("other", ["--ignore-environment"], .done), ("noisy", [], .done),
                ("noisy", ["--fail-on-inconclusive"], .comparisonFailed), ("same", ["--fail-on-inconclusive"], .done),
                ("base", [], .comparisonFailed), ("base", ["--ignore-environment"], .comparisonFailed),
                ("kind", [], .comparisonFailed), ("kind", ["--ignore-environment"], .comparisonFailed),
                ("plugin", [], .comparisonFailed), ("plugin", ["--ignore-environment"], .done),
            ]
            for (candidate, options, status) in expected {
                let arguments = ["compare", "run=base", "run=\(candidate)"] + options + store
                #expect(await CommandLineInterface.run(arguments) == status, "\(candidate) \(options)")
            }
        }
    }

    @Test("a base without completed trials ends with 1, also against another without")
    func nothingCompared() async throws {
        try await withRuns { store in
            for pair in [["run=lost", "run=same"], ["run=lost", "run=empty"], ["run=empty", "run=empty"]] {
                #expect(await CommandLineInterface.run(["compare"] + pair + store) == .comparisonFailed, "\(pair)")
            }
        }
    }

    @Test("two names of one run end with 1 in every format", arguments: ComparisonFormat.allCases)
    func sameRun(format: ComparisonFormat) async throws {
        try await withRuns { store in
            let arguments = ["compare", "latest", "run=empty", "--output", format.rawValue] + store
            #expect(await CommandLineInterface.run(arguments) == .comparisonFailed)
        }
    }

    @Test("every format says what was compared with what, or that it was nothing", arguments: ComparisonFormat.allCases)
    func texts(format: ComparisonFormat) throws {
        try ScratchDirectory.with { directory in
            let store = try Store.open(at: "\(directory)/results.sqlite")
            try Self.record(into: store, label: "base", factor: 1)
            try Self.record(into: store, label: "slow", factor: 2)
            let runs = try ["run=base", "run=slow"].map { try RunLookup.load($0, from: store) }
            let slow = RunComparison(base: runs[0], candidate: runs[1])
            let same = RunComparison(base: runs[0], candidate: runs[0])
            #expect(try format.text(of: slow, failOnInconclusive: false).contains("regressed"))
            #expect(try format.text(of: same, failOnInconclusive: false).contains("the same run \(runs[0].id)"))
            #expect(try !format.text(of: same, failOnInconclusive: false).contains("unchanged"))
        }
    }

    @Test(
        "the verdict is printed in every format, in the words of that format",
        arguments: [
            ("table", "latency_p50", "regressed\n"), ("json", "latency_p50", "\"verdict\" : \"regressed\""),
            ("markdown", "p50", "| regressed |"), ("junit", "latency_p50", "<failure"),
        ]
    )
    func formats(format: String, metric: String, words: String) async throws {
        try await withRuns { store in
            try await ScratchDirectory.with { directory in
                let compare = ["compare", "run=base", "--output", format] + store
                let slow = try await Program.run(compare + ["run=slow"], in: directory)
                #expect(slow.exitCode == ProgramExit.comparisonFailed.rawValue)
                #expect(slow.standardOutput.contains(words) && slow.standardOutput.contains(metric))
                let same = try await Program.run(compare + ["run=same"], in: directory)
                #expect(same.exitCode == ProgramExit.done.rawValue)
                #expect(!same.standardOutput.contains(words) && same.standardOutput.contains(metric))
            }
        }
    }

    @Test("a format that there is not ends with 2")
    func unknownFormat() async {
        #expect(await CommandLineInterface.run(["compare", "a", "b", "--output", "pdf"]) == .badArguments)
    }
}

import Contract
import Foundation
import Resources
import Results
import TestSupport
import Testbed
import Testing

@testable import Commands
@testable import Coordinator

@Suite("What a run ends with")
struct RunSessionTests {
    /// A run without trials, which needs no picture, and its report in `plots`.
    private static func report(
        plots: (String) throws -> String, _ change: (inout RunSummary) -> Void = { _ in }
    ) async throws -> RunReport {
        try await ScratchDirectory.with { directory in
            let yaml = """
                apiVersion: networkmachinery.io/v1alpha1
                kind: CNIBenchmark
                metadata: {name: small}
                spec:
                  networks: [{name: floor, preset: netlink}]
                  pods: [1]
                  operations: [add]
                  repetitions: {minimum: 1, maximum: 1}
                """
            let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "small.yaml").first)
            let store = try Store.open(at: "\(directory)/results.sqlite")
            let run = RunRecord(kind: "CNIBenchmark", name: "small", testbed: "local", seed: 1, toolVersion: "test")
            try store.begin(run)
            try store.finish(runID: run.id, outcome: .completed)
            let session = RunSession(
                document: document, options: RunOptions(toolVersion: "test"), store: store, plots: try plots(directory),
                interruption: Interruption(), provider: ScriptedProvider(), kernel: .host,
                guest: GuestArguments(files: [], overrides: [], labels: [:], index: 0))
            var summary = RunSummary(runID: run.id)
            change(&summary)
            return await session.report(run.id, summary)
        }
    }

    private static let leftBehind = TestbedError(operation: "remove", object: "nm-a-node0", cause: "device busy")

    @Test("a run whose report was written is done, and names its files")
    func good() async throws {
        let report = try await Self.report { "\($0)/plots" }
        #expect(report.status == .done && report.name == "small")
        #expect(report.files.map { URL(fileURLWithPath: $0).lastPathComponent } == ["report.html"])
    }

    @Test("failures, an interruption and what could not be removed are told by the status")
    func statuses() async throws {
        let changes: [((inout RunSummary) -> Void, ProgramExit)] = [
            ({ $0.failures = ["timedOut": 1] }, .trialsFailed), ({ $0.failures = ["skipped": 3] }, .trialsFailed),
            (
                {
                    $0.failures = ["skipped": 3]; $0.completed = 1
                }, .done
            ),
            ({ $0.interruption = "SIGTERM" }, .interrupted), ({ $0.leftBehind = Self.leftBehind }, .environmentLacks),
            (
                {
                    $0.failures = ["failed": 1]; $0.leftBehind = Self.leftBehind
                }, .trialsFailed
            ),
            (
                {
                    $0.failures = ["failed": 1]; $0.interruption = "SIGINT"; $0.leftBehind = Self.leftBehind
                }, .interrupted
            ),
        ]
        for (index, (change, status)) in changes.enumerated() {
            #expect(try await Self.report(plots: { "\($0)/plots" }, change).status == status, "case \(index)")
        }
    }

    @Test("a report that was not written is told by the status, but not in place of something worse")
    func unwritten() async throws {
        let file: (String) throws -> String = { directory in
            try "in the way".write(toFile: "\(directory)/plots", atomically: true, encoding: .utf8)
            return "\(directory)/plots"
        }
        let report = try await Self.report(plots: file)
        #expect(report.status == .environmentLacks && report.files.isEmpty)
        #expect(try await Self.report(plots: file, { $0.interruption = "SIGTERM" }).status == .interrupted)
        #expect(try await Self.report(plots: file, { $0.failures = ["failed": 1] }).status == .trialsFailed)
    }

    @Test("a directory for reports is found out to be out of reach before anything is measured")
    func directories() async throws {
        try await ScratchDirectory.with("plots") { directory async throws in
            try #require(chmod(directory, 0o777) == 0)
            try "a file".write(toFile: "\(directory)/file", atomically: true, encoding: .utf8)
            // In a process of its own that is nobody's, for root may write everywhere.
            await #expect(processExitsWith: .success) { [directory = directory as String] in
                try #require(geteuid() != 0 || setuid(65_534) == 0)
                #expect(RunSession.canBeWritten(directory) && RunSession.canBeWritten("\(directory)/a/b"))
                for path in ["/a", "\(directory)/file", "\(directory)/file/a"] {
                    #expect(!RunSession.canBeWritten(path), "\(path)")
                }
            }
        }
    }

    @Test("inside a guest, failures, an interruption and nothing measured are told by the status")
    func inGuest() {
        var summary = RunSummary(runID: "a")
        #expect(StreamSession.status(of: summary) == .done)
        summary.failures = ["skipped": 2]
        #expect(StreamSession.status(of: summary) == .trialsFailed)
        summary.completed = 1
        #expect(StreamSession.status(of: summary) == .done)
        summary.failures = ["timedOut": 1]
        #expect(StreamSession.status(of: summary) == .trialsFailed)
        summary.interruption = "SIGINT"
        #expect(StreamSession.status(of: summary) == .interrupted)
    }
}

import Contract
import Foundation
import Results
import TestSupport
import Testing

@testable import Commands

@Suite("Deleting runs")
struct RunsDeleteTests {
    private static func withStore(_ body: (Store, [String], [String]) async throws -> Void) async throws {
        try await ScratchDirectory.with("delete") { directory in
            let store = try Store.open(at: directory + "/results.sqlite")
            let runs = try [HostileRun.record(in: store), HostileRun.record(in: store, label: "c=d")]
            try await body(store, runs, ["--database", store.path])
        }
    }

    @Test("what latest or a label names is deleted only with --yes where nobody can be asked")
    func asks() async throws {
        try await Self.withStore { store, runs, database in
            for selector in ["latest", "a=b", "c=d"] {
                let status = await CommandLineInterface.run(["runs", "delete", selector, runs[0]] + database)
                #expect(status == .badArguments)
                let left = try store.runs().map(\.id).sorted()
                #expect(left == runs.sorted(), "nothing is half done")
            }
            #expect(await CommandLineInterface.run(["runs", "delete", "--yes", "latest"] + database) == .done)
            let left = try store.runs().map(\.id)
            #expect(left == [runs.min()])
        }
    }

    @Test("an id and the beginning of one are enough, in letters of either case, and twice the same is once")
    func ids() async throws {
        try await Self.withStore { store, runs, database in
            // Ids of one moment differ in their last letters only.
            let common = zip(runs[0], runs[1]).prefix { $0 == $1 }.count
            let beginning = String(runs[0].prefix(common + 1))
            let words = ["runs", "delete", beginning.lowercased(), runs[0]]
            #expect(await CommandLineInterface.run(words + database) == .done)
            let left = try store.runs().map(\.id)
            #expect(left == [runs[1]])
        }
    }

    @Test("the file gives its room back, and what is left is whole")
    func room() async throws {
        try await Self.withStore { store, runs, database in
            let before = store.fileSize
            #expect(await CommandLineInterface.run(["runs", "delete", runs[0]] + database) == .done)
            #expect(store.fileSize < before - 100_000)
            let trials = try store.trials(runID: runs[1]).count
            #expect(trials == HostileRun.levels.count + 1)
        }
    }

    @Test(
        "sizes are told with two digits",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (1_234, "1.2 kB"), (45_678, "46 kB"), (999_600, "1.0 MB"),
            (3_100_000, "3.1 MB"), (7_000_000_000, "7.0 GB"),
        ])
    func sizes(bytes: Int, text: String) {
        #expect(ByteText.words(Int64(bytes)) == text)
    }
}

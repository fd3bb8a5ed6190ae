import Contract
import Foundation
import Results
import TestSupport
import Testing

@testable import Commands

@Suite("Hostile text in the store")
struct StoredTextTests {
    /// SQLite's own functions end a text at a zero byte.
    private static func stored(_ text: String) -> [UInt8] {
        text.utf8.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] }
    }

    @Test("every text comes back byte for byte but for zero bytes, also by way of an exported document")
    func roundTrip() async throws {
        try await ScratchDirectory.with("stored") { directory in
            let texts = HostileRun.levels.map(Self.stored)
            let store = try Store.open(at: directory + "/one.sqlite")
            let id = try HostileRun.record(in: store)
            let stored = try store.trials(runID: id).map { Array($0.variant.utf8) }
            #expect(Array(stored.dropLast()) == texts)
            let document = try store.export(runID: id)
            try document.write(toFile: directory + "/run.json", atomically: false, encoding: .utf8)
            let other = directory + "/two.sqlite"
            let words = ["runs", "import", directory + "/run.json", "--database", other]
            #expect(await CommandLineInterface.run(words) == .done)
            let imported = try Store.open(at: other)
            let again = try imported.trials(runID: id).map { Array($0.variant.utf8) }
            #expect(Array(again.dropLast()) == texts)
            let environments = [try store.environment(runID: id), try imported.environment(runID: id)]
            #expect(environments[0] == environments[1] && environments[0].count == 1)
            let tables = try imported.runs().count
            #expect(tables == 1, "no text was a command to SQLite")
        }
    }
}

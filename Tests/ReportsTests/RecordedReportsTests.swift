import Contract
import Foundation
import Results
import Testing

@testable import Reports

/// What reports say of runs that were measured once must not change by accident, not by a byte.
///
/// With `REPORTS_TESTS_RECORD` set to a directory, digests and texts are written there, to be looked at and, where the
/// change is meant, copied to the fixtures.
@Suite("reports of recorded runs")
struct RecordedReportsTests {
    @Test("every format, picture and comparison is what it was", arguments: RecordedRun.allCases)
    func texts(run: RecordedRun) throws { try check(RecordedTexts(run.load()), run.rawValue) }

    @Test("a database of the first version opens, and its run is reported as it was", arguments: [true, false])
    func versionOne(forReading: Bool) throws {
        let scratch = try Scratch()
        let store = try RecordedRun.versionOne(in: scratch, mode: forReading ? .readOnly : .readWrite)
        let run = try RunData.load(store, runID: "latest")
        try check(RecordedTexts(run), "version-1")
        #expect(try Golden.matches(Report.render(.markdown, run), "recorded-version-1.md"))
    }

    @Test("a database of the first version that is only read is left as it is")
    func untouched() throws {
        let scratch = try Scratch()
        let store = try RecordedRun.versionOne(in: scratch, mode: .readOnly)
        #expect(try store.metrics().contains { $0.id == MetricID("wall", of: "program") })
        try store.close()
        let original = try #require(Bundle.module.url(forResource: "Fixtures/version-1.database", withExtension: nil))
        let left = try Data(contentsOf: URL(fileURLWithPath: store.path))
        #expect(try left == Data(contentsOf: original))
    }

    private func check(_ texts: RecordedTexts, _ name: String) throws {
        if let directory = ProcessInfo.processInfo.environment["REPORTS_TESTS_RECORD"] {
            try texts.write(to: "\(directory)/\(name)")
        }
        let found = try Golden.recording(texts.listing, "recorded-\(name).sha256")
        let recorded = try Golden.text("recorded-\(name).sha256")
        let differing = Set(found.split(separator: "\n")).symmetricDifference(recorded.split(separator: "\n"))
        #expect(found == recorded, "differing: \(Set(differing.map { $0.dropFirst(66) }).sorted())")
    }
}

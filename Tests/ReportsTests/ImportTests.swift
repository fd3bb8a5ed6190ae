import Foundation
import Results
import Statistics
import Testing

@testable import Reports

@Suite("What import takes, every report can show")
struct ImportTests {
    private static let json = Result { try ImportedDocument.json() }

    private func read(_ json: String) throws(StoreError) -> RunDocument {
        try RunDocument(json: json) { (document) throws(DocumentProblem) in try RunData.check(document) }
    }

    @Test("the document itself is taken, and shown in every format and picture")
    func good() async throws {
        let run = try stored(read(Self.json.get()))
        #expect(run.trials.count == 24)
        try await show(run, beside: run, draws: true)
    }

    @Test("documents with random changes are refused with a place, or shown in every format", arguments: 0..<12)
    func survivesMutations(seed: UInt64) async throws {
        let json = try Self.json.get()
        let original = try stored(read(json))
        var mutation = DocumentMutation(seed: seed)
        var taken = 0
        for _ in 0..<10 {
            let changed = try mutation.mutated(json)
            let document: RunDocument
            do throws(StoreError) {
                document = try read(changed)
            } catch {
                #expect(error.code == .invalidDocument)
                #expect(error.reason.contains("line "), "\(error)")
                continue
            }
            let run: RunData
            do {
                run = try stored(document)
            } catch let error as StoreError {
                // A metric may be defined otherwise in the database already, which no document can know.
                Issue.record("seed \(seed): accepted, and not imported: \(error)")
                continue
            }
            taken += 1
            try await show(run, beside: original, draws: taken == 1 && seed.isMultiple(of: 6))
        }
        #expect(taken > 0, "mutations that are all refused show nothing")
    }

    @Test(
        "what no report can read is refused with path and place",
        arguments: [
            (
                "\\\"baseline\\\":\\\"floor\\\"", "\\\"baseline\\\":0",
                "run.design: the text in it is no design: baseline: "
            ),
            (
                "\\\"baseline\\\":\\\"floor\\\"", "\\\"baseline\\\":\\\"roof\\\"",
                "run.design: the baseline \"roof\" is no level of"
            ),
            (
                "\\\"scaleFactor\\\":\\\"pods\\\"", "\\\"scaleFactor\\\":\\\"cats\\\"",
                "run.design: scaleFactor is \"cats\""
            ),
            (
                "[\\\"1\\\",\\\"10\\\",\\\"100\\\"]", "[\\\"1\\\",\\\"1\\\"]",
                "run.design: the factor \"pods\" has a level twice"
            ),
            ("\\\"limit\\\":0.05", "\\\"limit\\\":1e300", "run.design: expected 0, or a number from 1e-30 to 1e30"),
            (
                "{\\\"comparedFactor\\\"", "{,\\\"comparedFactor\\\"",
                "run.design: the text in it is not JSON: line 1, column 2"
            ),
            ("\\\"unit\\\":\\\"ns\\\"", "\\\"unit\\\":\\\"ft\\\"", "trials[0].histograms[0].data: "),
            ("\\\"significantDigits\\\":3", "\\\"significantDigits\\\":9", "trials[0].histograms[0].data: "),
            (
                "\"value\" : 0.0101", "\"value\" : 1e304",
                "trials[0].samples[0].value: expected 0, or a number from 1e-30"
            ),
            (
                "\"value\" : 0.0101", "\"value\" : 1e-304",
                "trials[0].samples[0].value: expected 0, or a number from 1e-30"
            ),
            ("\"value\" : 0.0101", "\"value\" : NaN", "it is not JSON: line "),
            ("\"value\" : 0.0101", "\"value\" : 1e999", "it is not JSON: line "),
            (
                "\"metric\" : \"rate\"", "\"metric\" : \"speed\"",
                "trials[0].samples[1].metric: there is no metric \"speed\""
            ),
            ("\"name\" : \"imported\"", "\"name\" : \"\"", "run.name: it is empty"),
            (
                "\"subject\" : \"add_p50\"", "\"subject\" : \"\"",
                "metrics[0].identity.subject: it is empty"
            ),
            (
                "\"subject\" : \"add_p50\"", "\"subject\" : \"a\", \"percentile\" : 101",
                "metrics[0].identity.percentile: expected 0 to 100, found 101"
            ),
            (
                "\"subject\" : \"add_p50\"", "\"subject\" : 5", "metrics[0].identity.subject: "
            ),
            (
                "\"name\" : \"imported\"", "\"name\" : \"\(String(repeating: "x", count: 64))\"",
                "run.name: expected at most 63 characters, found 64"
            ),
            ("\"block\" : 0", "\"block\" : 1000001", "trials[0].trial.block: expected at most 1000000"),
            ("\"startedAt\" : \"2026-", "\"startedAt\" : \"2026-13-", "startedAt: "),
        ]
    )
    func refuses(good: String, bad: String, words: String) throws {
        let json = try Self.json.get()
        let range = try #require(json.range(of: good))
        let changed = json.replacingCharacters(in: range, with: bad)
        let error = #expect(throws: StoreError.self) { try read(changed) }
        #expect(error?.code == .invalidDocument)
        #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "")")
        let line = json[..<range.lowerBound].count { $0 == "\n" } + 1
        #expect(error?.reason.contains("line \(line), column ") == true, "\(error?.reason ?? "")")
    }

    /// Imports into an empty database and reads the run back as a report does.
    private func stored(_ document: RunDocument) throws -> RunData {
        let scratch = try Scratch()
        let store = try Store.open(at: scratch.path + "/results.sqlite")
        return try RunData.load(store, runID: store.importRun(document))
    }

    private func show(_ run: RunData, beside other: RunData, draws: Bool) async throws {
        for format in ReportFormat.allCases { #expect(!Report.render(format, run).isEmpty) }
        for (base, candidate) in [(run, other), (other, run)] {
            let comparison = RunComparison(base: base, candidate: candidate, overridingEnvironment: true)
            #expect(comparison.rows.allSatisfy { $0.result.ratio.map { !$0.isNaN } ?? true })
        }
        guard draws else { return }
        let directory = try Scratch()
        try await ReportWriter.write(run: run, plots: directory.path)
    }
}

import Contract
import Results
import Statistics
import Testing

@testable import Reports

@Suite("comparisons that compared nothing")
struct EmptyComparisonTests {
    static let base = SampleRun.run(failing: false)
    static let other = SampleRun.run(failing: false, seed: 7)

    private static func failed(_ run: RunData) -> RunData {
        var run = run
        for index in run.trials.indices {
            run.trials[index].outcome = .failed
            run.trials[index].samples = [:]
        }
        return run
    }

    /// What every format of a comparison has to say, and that it fails.
    private func expectFault(_ comparison: RunComparison, _ words: String, errors: Int = 1) throws {
        #expect(comparison.faults().contains { $0.contains(words) })
        let parts = words.split(separator: " ").joined(separator: " ")
        #expect(comparison.notes.contains { $0.lowercased().contains(parts.lowercased()) })
        for format in [ReportFormat.markdown, .json] {
            #expect(try #require(comparison.render(format)).lowercased().contains(words.lowercased()))
        }
        let junit = try #require(comparison.render(.junit))
        #expect(junit.contains("errors=\"\(errors)\"") && junit.contains("<error message=\""))
        #expect(comparison.count(.unchanged) == 0 && comparison.count(.improved) == 0)
    }

    @Test("a run against itself has no verdict, and says its id in every format")
    func sameRun() throws {
        let comparison = RunComparison(base: Self.base, candidate: Self.base)
        #expect(comparison.rows.isEmpty && comparison.lost.isEmpty && comparison.unmatched.isEmpty)
        #expect(comparison.emptiness == .sameRun(Self.base.id))
        try expectFault(comparison, "the same run \(Self.base.id)")
        #expect(comparison.geometricMean == nil)
        let overridden = RunComparison(base: Self.base, candidate: Self.base, overridingEnvironment: true)
        #expect(!overridden.faults().isEmpty)
    }

    @Test("the same trials under another id are a copy, and nothing was compared")
    func copy() throws {
        var copy = Self.base
        copy.id = "another"
        let comparison = RunComparison(base: Self.base, candidate: copy)
        #expect(comparison.emptiness == .copiedTrials)
        try expectFault(comparison, "hold the same trials")
    }

    @Test("the same numbers in other trials are no unchanged either")
    func numbers() {
        var copy = Self.base
        copy.id = "another"
        for index in copy.trials.indices { copy.trials[index].id += "-b" }
        let comparison = RunComparison(base: Self.base, candidate: copy)
        #expect(!comparison.rows.isEmpty && comparison.count(.inconclusive) == comparison.rows.count)
    }

    @Test("a side without any completed trial is a fault, whichever it is")
    func nothingMeasured() throws {
        let empty = RunComparison(base: Self.failed(Self.base), candidate: Self.other)
        #expect(empty.emptiness == .nothingMeasured(base: true, candidate: false))
        try expectFault(empty, "the base has no completed trial")
        let lost = RunComparison(base: Self.base, candidate: Self.failed(Self.other))
        #expect(lost.lost.count == 88)
        try expectFault(lost, "the candidate has no completed trial")
        let both = RunComparison(base: Self.failed(Self.base), candidate: Self.failed(Self.other))
        try expectFault(both, "neither run has a completed trial")
    }

    @Test("runs without a variant in common are a fault")
    func nothingInCommon() throws {
        var renamed = Self.other
        for index in renamed.trials.indices { renamed.trials[index].factors["network"]? += "-new" }
        let comparison = RunComparison(base: Self.base, candidate: renamed)
        #expect(comparison.emptiness == .nothingInCommon)
        try expectFault(comparison, "in common")
    }

    @Test("different kinds are never comparable, whatever is overridden")
    func kinds() throws {
        var other = Self.other
        other.kind = "NetworkScalabilityTest"
        let comparison = RunComparison(base: Self.base, candidate: other, overridingEnvironment: true)
        #expect(!comparison.isComparable && comparison.differences.map(\.key) == ["kind"])
        #expect(comparison.faults() == ["not comparable: kind differs"])
        #expect(comparison.rows.allSatisfy { $0.result.verdict == .notComparable })
        let junit = try #require(comparison.render(.junit))
        #expect(junit.contains("errors=\"89\"") && junit.contains("skipped=\"0\""))
    }
}

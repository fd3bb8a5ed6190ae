import Contract
import Foundation
import FoundationXML
import Results
import Statistics
import Testing

@testable import Reports

@Suite("a comparison as JUnit tells the story of the exit code")
struct ComparisonJUnitTests {
    static let base = SampleRun.run(failing: false)
    static let other = SampleRun.run(failing: false, seed: 7)

    private static func count(_ attribute: String, in junit: String) -> Int? {
        guard let start = junit.range(of: "\(attribute)=\"") else { return nil }
        return Int(junit[start.upperBound...].prefix { $0 != "\"" })
    }

    @Test("failures and errors are there exactly where the comparison has faults")
    func oneStory() throws {
        var slow = Self.other
        for index in slow.trials.indices { slow.trials[index].samples["latency_p50"]?[0].value *= 2 }
        var moved = Self.other
        moved.environment["kernel.release"] = "7.0"
        var torn = Self.other
        torn.trials.removeAll { $0.factors["network"] == "ptp" }
        let cases: [(RunData, Bool, Bool)] = [
            (Self.other, false, false), (slow, false, true), (moved, false, true), (torn, false, true),
            (Self.other, true, true), (Self.base, false, true),
        ]
        for (candidate, failOnInconclusive, fails) in cases {
            let comparison = RunComparison(base: Self.base, candidate: candidate)
            let junit = comparison.junit(failOnInconclusive: failOnInconclusive)
            let told = (Self.count("failures", in: junit) ?? 0) + (Self.count("errors", in: junit) ?? 0)
            #expect(comparison.faults(failOnInconclusive: failOnInconclusive).isEmpty == !fails)
            #expect((told > 0) == fails)
            #expect(Self.count("tests", in: junit) == junit.components(separatedBy: "<testcase ").count - 1)
            let parser = XMLParser(data: Data(junit.utf8))
            #expect(parser.parse())
        }
    }

    @Test(
        "a run that did not come to its end has an error of its own",
        arguments: [RunOutcome.completed, .trialsFailed, .interrupted, .failed, .running])
    func unfinished(_ outcome: RunOutcome) {
        var run = Self.base
        run.outcome = outcome
        let junit = JUnitReport.document([ReportModel(run)])
        let isWhole = outcome == .completed || outcome == .trialsFailed
        #expect(Self.count("errors", in: junit) == (isWhole ? 0 : 1))
        #expect(Self.count("tests", in: junit) == junit.components(separatedBy: "<testcase ").count - 1)
        #expect(junit.contains("not tested") == !isWhole)
        let parser = XMLParser(data: Data(junit.utf8))
        #expect(parser.parse())
    }

    @Test("runs that are not comparable are errors, and not skipped")
    func notComparable() {
        var moved = Self.other
        moved.environment["kernel.release"] = "7.0"
        let junit = RunComparison(base: Self.base, candidate: moved).junit()
        #expect(Self.count("errors", in: junit) == 89 && Self.count("skipped", in: junit) == 0)
        #expect(junit.contains("<error message=\"not comparable: the runs differ in kernel.release"))
    }

    @Test("names stay the same from night to night, the runs are properties, and every case has a time")
    func names() {
        var next = Self.other
        next.id = "the-next-night"
        for index in next.trials.indices { next.trials[index].seconds = 2 }
        let tonight = RunComparison(base: Self.base, candidate: Self.other).junit()
        let tomorrow = RunComparison(base: Self.base, candidate: next).junit()
        func names(_ junit: String) -> [Substring] {
            junit.split(separator: "\n").compactMap { line in
                line.contains("<testcase ") || line.contains("<testsuite ")
                    ? line.prefix { $0 != ">" }.split(separator: "time=").first : nil
            }
        }
        #expect(names(tonight).dropFirst() == names(tomorrow).dropFirst())
        #expect(tonight.contains("<testsuite name=\"compare quickstart\"") && !tonight.contains(" against "))
        #expect(tomorrow.contains("<property name=\"candidate\" value=\"the-next-night\"/>"))
        let cases = tomorrow.split(separator: "\n").filter { $0.contains("<testcase ") }
        #expect(cases.allSatisfy { $0.contains(" time=\"") })
        // Six trials of two seconds, shared by the judged metrics of the variant: 6.000 where they are two.
        #expect(cases.contains { $0.contains("throughput") && $0.contains("time=\"6.000\"") })
        // 192 trials of 2 s.
        #expect(tomorrow.contains("time=\"384.000\""))
    }

    @Test("what is significant and does not matter is told in a case that passed")
    func passedButDiffers() throws {
        var near = Self.other
        for index in near.trials.indices {
            near.trials[index].samples["latency_p50"]?[0].value = 1.03 + Double(index) * 1e-6
        }
        var flat = Self.base
        for index in flat.trials.indices {
            flat.trials[index].samples["latency_p50"]?[0].value = 1 + Double(index) * 1e-6
        }
        let comparison = RunComparison(base: flat, candidate: near)
        let rows = comparison.rows.filter { $0.metric.name == "latency_p50" }
        #expect(!rows.isEmpty && rows.allSatisfy { $0.result.verdict == .unchanged && $0.result.isSignificant })
        let junit = comparison.junit()
        #expect(junit.contains("<system-out>unchanged (differs): differs by +3.0 % (significant, "))
        #expect(comparison.textRows.contains { $0.last == "unchanged (differs)" })
        #expect(try #require(comparison.render(.json)).contains("\"caveats\" : [\n        \"differs\""))
    }
}

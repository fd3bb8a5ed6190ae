import Contract
import Resources
import Testing

@Suite("Expectations")
struct ExpectationTests {
    private static let scope = ExpressionScope(
        own: "after", steps: ["before", "after", "step-1"],
        factors: ["limit": .quantity(.unit("bit/s")), "mode": .text]
    ) { metric in MetricCatalogue.all.first { $0.name == metric }?.unit }

    /// What is wrong with it; nil when nothing is.
    private func problem(_ text: String) -> String? {
        do throws(ExpressionProblem) {
            _ = try Expectation(parsing: text, in: Self.scope)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(
        "what is sound is read",
        arguments: [
            "throughput.median > 1 Gbit", "throughput.median > 1Gbit/s",
            "before.throughput.p99 >= 0.5 * after.throughput.p99",
            "findings.count(kind: \"loss\") == 1",
            "before.findings.count(kind='loss', verdict=\"failed\") == 1 or true",
            "outcome == \"completed\"", "verdict(before.latency_p50, latency_p50) != 'regressed'",
            "not (loss.mean > 5 % and loss.max < 20%)", "step-1.latency_p50.median - latency_p50.median < 1 ms",
            "throughput(network: \"bridge\").median / throughput(network: \"ptp\").median > 0.9",
            "throughput.median > matrix.limit", "matrix.mode == \"fast\"", "trials.count(outcome: \"completed\") == 6",
            "transaction_rate.median > 5000/s", "-1 < unheard_of.median", "cpu_per_gibibyte.median < 2 s/GiB",
            "unheard_of.median > 3Gbit", "throughput.count == 6", "latency.p99 < 2ms + 3 * 4us",
        ])
    func sound(_ text: String) {
        #expect(problem(text) == nil)
    }

    @Test(
        "what is wrong is said with its place",
        arguments: [
            ("", "at character 1: expected an expression, found nothing"),
            (
                "throughput.median",
                "at character 1: an expectation is true or false, found a quantity in bit/s; compare it with something"
            ),
            (
                "trials.count(outcome: \"nope\") == 0",
                "at character 8: nothing has the outcome nope, which is one of completed, failed, timedOut, skipped, invalid"
            ),
            (
                "findings.count(verdict: \"fialed\") == 0",
                "at character 10: nothing has the verdict fialed, which is one of passed, failed, shown. Did you mean \"failed\"?"
            ),
            ("throughput.median > 10ms", "at character 19: the two sides of > have different units: bit/s and s"),
            ("throughput.median > 1", "at character 19: the two sides of > have different units: bit/s and a number"),
            (
                "throughput.medain > 1Gbit",
                "at character 12: medain is no number of throughput; there is count, max, mean, median, min, p50, p90, p95, p99, p999. Did you mean \"median\"?"
            ),
            (
                "befor.throughput.median > 1Gbit",
                "at character 1: befor is no step; there is after, before, step-1. Did you mean \"before\"?"
            ),
            (
                "throughput.median = 1Gbit",
                "at character 19: expected an operator or the end, found =. Did you mean \"==\"?"
            ),
            ("1 < 2 < 3", "at character 7: comparisons do not follow each other; write \"a < b and b < c\""),
            (
                "outcome == \"complete\"",
                "at character 12: expected one of completed, trialsFailed, interrupted, failed, skipped, found \"complete\". Did you mean \"completed\"?"
            ),
            ("outcome == 1", "at character 9: == compares a text with a number"),
            ("not 1", "at character 5: not expects true or false, found a number"),
            (
                "throughput.median > 1Gbot",
                "at character 22: \"Gbot\" is no unit (%, ns, us, ms, s, m, h, bit, Kbit, Mbit, Gbit, B, KiB, MiB, GiB, kB, MB, GB, /s, /m, s/GiB). Did you mean \"Gbit\"?"
            ),
            ("before > 1", "at character 1: before is a step; say what of it, such as before.outcome"),
            (
                "throughput > 1Gbit",
                "at character 1: throughput is many numbers; say which one: count, mean, median, min, max, p50, p90, p95, p99, p999"
            ),
            ("matrix.size > 1", "at character 8: size is no factor of the matrix; there is limit, mode"),
            ("(1 < 2", "at character 7: expected ), found the end"),
            ("'a == 1", "at character 1: the text that begins here has no end"),
            ("throughput.median * latency.p99 > 1", "at character 19: one side of * has to be a number without a unit"),
            ("verdict(before, after) == 'improved'", "at character 9: expected a metric, found the step before"),
            ("a ; b", "at character 3: \";\" has no meaning here"),
        ])
    func wrong(_ text: String, _ words: String) {
        #expect(problem(text) == words)
    }

    @Test("what is nested or long beyond reading is refused, and not followed")
    func limits() {
        #expect(problem(String(repeating: "(", count: 900))?.contains("nested at most 40 deep") == true)
        #expect(problem(String(repeating: "not ", count: 200) + "true")?.contains("nested at most 40 deep") == true)
        #expect(problem(String(repeating: "1", count: 1_001))?.contains("at most 1000 characters") == true)
        #expect(problem(String(repeating: "true or ", count: 120) + "true") == nil)
    }

    @Test("it knows of which steps and metrics it speaks, and whose findings it judges")
    func mentions() throws {
        let text = "before.throughput.median > 1Gbit and step-1.findings.count == 0 and latency_p50.p99 < 1ms"
        let expectation = try Expectation(parsing: text, in: Self.scope)
        #expect(expectation.steps.map(\.name) == ["before", "step-1", "after"])
        #expect(expectation.steps.map(\.offset) == [7, 44, 68])
        #expect(expectation.selections.map(\.metric) == ["throughput", "latency_p50"])
        #expect(expectation.judgesFindings(of: "step-1") && !expectation.judgesFindings(of: "after"))
    }

    @Test(
        "numbers are shown with their unit and four digits",
        arguments: [
            (823_412_345.0, Dimension.unit("bit/s"), "823.4Mbit"), (0.0015, .unit("s"), "1.5ms"),
            (0, .unit("s"), "0ns"),
            (1_073_741_824, .unit("B"), "1GiB"), (12, .number, "12"), (0.05, .number, "0.05"),
            (1.0 / 3, .number, "0.3333"),
            (123_456, .number, "123500"), (-0.0015, .unit("s"), "-1.5ms"), (2.5, .unit("s/GiB"), "2.5s/GiB"),
        ])
    func words(_ value: Double, _ dimension: Dimension, _ words: String) {
        #expect(dimension.words(value) == words)
    }
}

import Statistics
import Testing

@testable import Reports

@Suite("one run against another")
struct RunComparisonTests {
    static let base = SampleRun.run(failing: false)
    static let same = SampleRun.run(failing: false, seed: 7)

    @Test("two runs of the same thing have no regression")
    func unchanged() {
        let comparison = RunComparison(base: Self.base, candidate: Self.same)
        #expect(comparison.rows.count == 88 && comparison.isComparable && !comparison.hasRegressions)
        #expect(comparison.unmatched.isEmpty && comparison.notes.isEmpty)
    }

    @Test("a variant that got slower is a regression, and a JUnit failure")
    func regression() throws {
        var slow = Self.same
        slow.metrics = [SampleRun.throughput]
        for index in slow.trials.indices where slow.trials[index].factors["network"] == "bridge" {
            slow.trials[index].samples["throughput"]?[0].value /= 2
        }
        let comparison = RunComparison(base: Self.base, candidate: slow)
        let regressed = comparison.rows.filter { $0.result.verdict == .regressed }
        #expect(
            regressed.map(\.variant) == ["bridge · same-node · stream · ipv4", "bridge · other-node · stream · ipv4"])
        #expect(comparison.hasRegressions)
        let junit = try #require(comparison.render(.junit))
        #expect(junit.contains("failures=\"2\"") && junit.contains("<failure message=\"regressed: "))
        #expect(comparison.textRows.last?.first == "geometric mean")
        #expect(comparison.textRows.allSatisfy { $0.count == comparison.header.count })
    }

    @Test("another kernel makes runs not comparable, and the message names the key")
    func guarded() throws {
        var other = Self.same
        other.environment["kernel.release"] = "6.1.0"
        other.environment["boot_id"] = "another"
        let comparison = RunComparison(base: Self.base, candidate: other)
        #expect(!comparison.isComparable && comparison.geometricMean == nil && !comparison.hasRegressions)
        #expect(comparison.differences.map(\.key) == ["kernel.release"])
        #expect(comparison.rows.allSatisfy { $0.result.verdict == .notComparable })
        #expect(comparison.notes.first?.contains("kernel.release (6.18.5 against 6.1.0)") == true)
        let json = try #require(comparison.render(.json))
        #expect(json.contains("\"comparable\" : false"))
    }

    @Test("the check of the environment can be overridden, and the report says so")
    func overridden() {
        var other = Self.same
        other.environment["kernel.release"] = nil
        let comparison = RunComparison(base: Self.base, candidate: other, overridingEnvironment: true)
        #expect(comparison.isComparable && comparison.rows.allSatisfy { $0.result.verdict != .notComparable })
        #expect(
            comparison.notes.first?.hasPrefix("Compared although the environments differ in kernel.release") == true)
    }

    @Test(
        "keys that change what is measured matter, others do not",
        arguments: [
            ("kernel.release", true), ("sysctl.net.core.rmem_max", true), ("tool.iperf3", true), ("boot_id", false),
            ("cpu.model", true), ("sysctl.net.ipv4.udp_mem", false), ("cni.plugins", true),
            ("netmachinery.version", false), ("host.name", false), ("toolbox", false),
        ]
    )
    func keys(key: String, matters: Bool) {
        #expect(EnvironmentGuard.matters(key) == matters)
    }

    @Test("what only one run has is said and not judged")
    func unmatched() {
        var half = Self.same
        half.trials.removeAll { $0.factors["network"] == "ptp" }
        let comparison = RunComparison(base: Self.base, candidate: half)
        #expect(comparison.rows.count == 66)
        #expect(comparison.notes.contains { $0.hasPrefix("Only one of the runs has values for: throughput at ptp") })
    }
}

import Contract
import Foundation
import Results
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
        #expect(comparison.rows.count == 88 && comparison.isComparable && comparison.count(.regressed) == 0)
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
        #expect(comparison.faults() == ["2 of 88 metrics regressed"])
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
        #expect(!comparison.isComparable && comparison.geometricMean == nil && comparison.count(.regressed) == 0)
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
            comparison.notes.first?.hasPrefix("Compared although the runs differ in kernel.release") == true)
    }

    @Test(
        "keys that change what is measured matter, others do not",
        arguments: [
            ("kernel.release", true), ("sysctl.net.core.rmem_max", true), ("tool.iperf3", true), ("boot_id", false),
            ("cpu.model", true), ("sysctl.net.ipv4.udp_mem", false), ("cni.plugins", true),
            ("cni.plugin.bridge.sha256", true), ("cni.plugin.bridge.path", false), ("tool.iperf3.package", false),
            ("cpu.allowed", true), ("cgroup.cpu.limit", true), ("netmachinery.sha256", false),
            ("cni.conflist.mine", true), ("testbed", true), ("proxy.mode", false), ("netmachinery.version", false),
            ("host.name", false), ("toolbox", false), ("kernel.where", true), ("kernel.accelerator", true),
            ("guest.qemu", true), ("clock.step_ns", false),
        ]
    )
    func keys(key: String, matters: Bool) {
        #expect(EnvironmentGuard.matters(key) == matters)
    }

    @Test("a run in a kernel guest is not comparable with one on the host, also with one from before there were guests")
    func guests() {
        var (host, guest) = (Self.same, Self.same)
        host.environment.merge(["kernel.where": "host", "kernel.accelerator": "none"]) { _, new in new }
        guest.environment.merge(["kernel.where": "guest", "kernel.accelerator": "tcg"]) { _, new in new }
        for base in [host, Self.same] {
            let comparison = RunComparison(base: base, candidate: guest)
            #expect(comparison.differences.map(\.key) == ["kernel.accelerator", "kernel.where"])
            #expect(comparison.rows.allSatisfy { $0.result.verdict == .notComparable })
            #expect(RunComparison(base: base, candidate: host).isComparable)
        }
    }

    @Test("what only the candidate has is said and not judged")
    func unmatched() {
        var half = Self.base
        half.trials.removeAll { $0.factors["network"] == "ptp" }
        let comparison = RunComparison(base: half, candidate: Self.same)
        #expect(comparison.rows.count == 66 && comparison.lost.isEmpty)
        #expect(comparison.notes.contains { $0.hasPrefix("Only the candidate has values") && $0.contains("at ptp") })
    }

    @Test("a metric that the candidate has no value of any more is lost, also when it has none anywhere")
    func lost() throws {
        var broken = Self.same
        for index in broken.trials.indices where broken.trials[index].factors["test"] == "stream" {
            broken.trials[index].samples = [:]
            broken.trials[index].outcome = .failed
        }
        broken.metrics.removeAll { ["throughput", "cpu_per_gibibyte"].contains($0.name) }
        let comparison = RunComparison(base: Self.base, candidate: broken)
        #expect(comparison.rows.count == 72 && comparison.lost.count == 16)
        #expect(comparison.lost.contains("throughput at bridge · same-node · stream · ipv4"))
        #expect(comparison.notes.contains { $0.hasPrefix("The candidate has no values where the base has some: ") })
        let junit = try #require(comparison.render(.junit))
        #expect(junit.contains("tests=\"89\" failures=\"16\" errors=\"0\""))
        #expect(junit.components(separatedBy: "classname=\"lost\"").count == 17)
    }

    private static func run(spec: String) -> RunData {
        var run = SampleRun.run(failing: false)
        run.resource = #"{"kind":"CNIPerformance","spec":\#(spec)}"#
        return run
    }

    @Test(
        "settings of the resource that change what is measured are told by their path",
        arguments: [
            (#"{"tests":[{"name":"rr","messageSize":["1400B"]}]}"#, ["spec.tests[rr].messageSize"]),
            (#"{"tests":[{"name":"rr","messageSize":["64B"],"streams":4}]}"#, ["spec.tests[rr].streams"]),
            (#"{"families":["ipv6"]}"#, ["spec.families"]), (#"{"podsPerNode":20}"#, ["spec.podsPerNode"]),
            (#"{"networks":[{"name":"a","mtu":1400}]}"#, ["spec.networks[a].mtu"]),
            (#"{"seed":18446744073709551615,"repetitions":{"minimum":9},"settle":{"window":"1s"}}"#, []),
            (#"{"tests":[{"name":"other","messageSize":["1B"]}],"networks":[{"name":"b"}]}"#, []),
            (#"{"paths":["other-node","same-node"]}"#, []),
        ]
    )
    func resources(change: String, expected: [String]) throws {
        let spec = #"""
            {"tests":[{"name":"rr","messageSize":["64B"]}],"networks":[{"name":"a"}],"families":["ipv4"],
            "podsPerNode":0,"paths":["same-node","other-node"],"seed":1,"repetitions":{"minimum":6},"settle":{}}
            """#
        // The changed key replaces the one of the base.
        let changed = try #require(Self.merged(spec, change))
        let comparison = RunComparison(base: Self.run(spec: spec), candidate: Self.run(spec: changed))
        #expect(comparison.differences.map(\.key) == expected)
        #expect(comparison.isComparable == expected.isEmpty)
        let back = RunComparison(
            base: Self.run(spec: changed), candidate: Self.run(spec: spec), overridingEnvironment: true)
        #expect(back.differences.map(\.key) == expected && back.isComparable)
    }

    private static func merged(_ base: String, _ change: String) -> String? {
        func object(_ text: String) -> [String: Any]? {
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
        }
        guard let old = object(base), let new = object(change),
            let data = try? JSONSerialization.data(withJSONObject: old.merging(new) { $1 })
        else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    @Test("a difference says both values, and a resource that is no JSON is compared as if it had no settings")
    func words() {
        let comparison = RunComparison(
            base: Self.run(spec: #"{"tests":[{"name":"rr","messageSize":["64B","1KiB"],"omit":"1s"}]}"#),
            candidate: Self.run(spec: #"{"tests":[{"name":"rr","messageSize":["1400B"]}]}"#)
        )
        #expect(comparison.notes.first?.contains("spec.tests[rr].messageSize ([1KiB, 64B] against [1400B])") == true)
        #expect(comparison.notes.first?.contains("spec.tests[rr].omit (1s against not recorded)") == true)
        var strange = Self.base
        strange.resource = "not JSON"
        #expect(RunComparison(base: strange, candidate: strange).isComparable)
    }

    @Test("runs on different testbeds are not comparable; a list of one network only is no reason against the others")
    func testbeds() {
        var other = Self.same
        other.testbed = "kubernetes"
        #expect(RunComparison(base: Self.base, candidate: other).differences.map(\.key) == ["testbed"])
        var old = Self.base
        var new = Self.same
        new.environment["cni.conflist.mine"] = "abc"
        #expect(RunComparison(base: old, candidate: new).isComparable)
        old.environment["cni.conflist.mine"] = "def"
        #expect(RunComparison(base: old, candidate: new).differences.map(\.key) == ["cni.conflist.mine"])
        old.environment["cni.conflist.mine"] = String(repeating: "{", count: 500)
        let notes = RunComparison(base: old, candidate: new).notes
        #expect(notes.first?.hasPrefix("Not comparable: the runs differ in cni.conflist.mine; repeat") == true)
    }

    @Test("percentiles made of time-outs on both sides are inconclusive, within a run and between runs")
    func timeOuts() {
        func lossy(_ run: RunData) -> RunData {
            var run = run
            for index in run.trials.indices where run.trials[index].samples["latency_p99"] != nil {
                run.trials[index].samples["latency_p99"] = [.init(value: 1, censored: true)]
            }
            return run
        }
        let comparison = RunComparison(base: lossy(Self.base), candidate: lossy(Self.same))
        let rows = comparison.rows.filter { $0.metric.name == "latency_p99" }
        #expect(!rows.isEmpty && rows.allSatisfy { $0.result.verdict == .inconclusive })
        #expect(rows.allSatisfy { $0.result.reason.hasPrefix("12 of 12 values are time-outs") })
        let within = ReportModel(lossy(Self.same)).comparisons.flatMap(\.rows).filter {
            $0.metric.name == "latency_p99"
        }
        #expect(!within.isEmpty && within.allSatisfy { $0.result.verdict == .inconclusive })
    }

    @Test("distinct processors that could not be had are said")
    func sharedProcessor() {
        var run = Self.same
        run.resource = #"{"spec":{"tests":[{"name":"rr","processors":"distinct"},{"name":"any","processors":"any"}]}}"#
        #expect(RunComparison(base: run, candidate: Self.base).remarks.isEmpty)
        run.environment["cpu.allowed_count"] = "1"
        run.environment["cpu.allowed"] = "3"
        let note = ReportModel(run).notes.first { $0.contains("distinct processors") }
        #expect(note?.hasPrefix("Client and server of rr were to have distinct processors, and shared one") == true)
        #expect(note?.contains("processor 3 alone") == true)
        run.environment["cpu.allowed_count"] = "2"
        #expect(!ReportModel(run).notes.contains { $0.contains("distinct processors") })
    }

    @Test("a run that was interrupted, or measured on a busy machine, is said for the run that it is")
    func conduct() {
        var cut = Self.same
        cut.outcome = .interrupted
        cut.events += [.init(at: "", trialID: cut.trials[0].id, name: "not settled", detail: "")]
        let notes = RunComparison(base: Self.base, candidate: cut).notes
        #expect(notes.count == 2 && notes.allSatisfy { $0.hasPrefix("The candidate: ") })
        #expect(notes[0].contains("did not end by itself (interrupted)"))
        #expect(notes[1].contains("1 of 192 trials started before the machine was quiet"))
        #expect(RunComparison(base: cut, candidate: Self.base).notes.allSatisfy { $0.hasPrefix("The base: ") })
    }
}

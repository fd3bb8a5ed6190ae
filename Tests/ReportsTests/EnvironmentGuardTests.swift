import Digests
import Testing

@testable import Reports

@Suite("environments: what decides a result")
struct EnvironmentGuardTests {
    private static let facts = [
        "environment.format": "2", "cni.plugin.bridge.sha256": String(repeating: "a", count: 64),
        "cni.plugin.bridge.path": "/usr/lib/cni/bridge",
        "cni.plugin.bridge.package": "containernetworking-plugins 1.1.1", "cpu.allowed": "0-3",
        "cpu.allowed_count": "4",
        "cgroup.cpu.limit": "none", "cgroup.memory.limit_bytes": "none",
    ]

    private func differences(_ changes: [String: String?]) -> [EnvironmentGuard.Difference] {
        var other = Self.facts
        for (key, value) in changes { other[key] = value }
        return EnvironmentGuard.differences(base: Self.facts, candidate: other)
    }

    @Test("a replaced plugin is a difference, told with both files and their packages")
    func replacedPlugin() throws {
        let found = differences([
            "cni.plugin.bridge.sha256": String(repeating: "b", count: 64), "cni.plugin.bridge.path": "/tmp/x/bridge",
            "cni.plugin.bridge.package": nil,
        ])
        #expect(found.map(\.key) == ["cni.plugin.bridge.sha256"])
        #expect(found.first?.base == "aaaaaaaaaaaa /usr/lib/cni/bridge of containernetworking-plugins 1.1.1")
        #expect(found.first?.candidate == "bbbbbbbbbbbb /tmp/x/bridge of no package")
        let reason = RunComparison.reason(found)
        #expect(reason.contains("cni.plugin.bridge.sha256 (aaaaaaaaaaaa /usr/lib/cni/bridge"))
        #expect(reason.contains("against bbbbbbbbbbbb /tmp/x/bridge of no package)"))
    }

    @Test("the same file elsewhere, or of another package, is no difference")
    func movedPlugin() {
        #expect(differences(["cni.plugin.bridge.path": "/opt/cni/bridge", "cni.plugin.bridge.package": nil]).isEmpty)
    }

    @Test(
        "processors and limits that were taken away are differences",
        arguments: [
            ("cpu.allowed", "0-1"), ("cpu.allowed_count", "2"), ("cgroup.cpu.limit", "0.5"),
            ("cgroup.memory.limit_bytes", "1073741824"), ("cgroup.cpuset", "0"), ("guest.host.cgroup.cpu.limit", "1"),
            ("tool.iperf3.sha256", "c"),
        ])
    func limits(key: String, value: String) {
        let other = Self.facts.merging([key: "x"]) { _, new in new }
        let changed = Self.facts.merging([key: value]) { _, new in new }
        #expect(EnvironmentGuard.differences(base: other, candidate: changed).map(\.key) == [key])
    }

    @Test("a run that did not record them yet still compares, and that is said")
    func older() throws {
        var base = SampleRun.run(failing: false)
        var candidate = SampleRun.run(failing: false, seed: 7)
        #expect(RunComparison(base: base, candidate: candidate).notes.isEmpty)
        candidate.environment.merge(Self.facts) { _, new in new }
        let comparison = RunComparison(base: base, candidate: candidate)
        #expect(comparison.isComparable)
        #expect(comparison.notes.contains { $0.hasPrefix("Not recorded by the older run") })
        base.environment.merge(Self.facts) { _, new in new }
        #expect(RunComparison(base: base, candidate: candidate).notes.isEmpty)
        // A plugin that only one of them uses is no reason against the rest.
        candidate.environment["cni.plugin.ptp.sha256"] = "d"
        #expect(RunComparison(base: base, candidate: candidate).isComparable)
        base.environment["netmachinery.sha256"] = "1"
        candidate.environment["netmachinery.sha256"] = "2"
        let built = RunComparison(base: base, candidate: candidate)
        #expect(built.isComparable && built.notes.contains { $0.hasPrefix("Two builds of this program measured") })
    }

    @Test(
        "a user's list is compared by its digest, also with a run that held the text, and whatever the order of members"
    )
    func lists() {
        let text = #"{"name":"mine","plugins":[{"type":"x","token":"secret"}]}"#
        let digest = "sha256:\(SHA256Digest(of: text)) of x"
        #expect(NetworkListText.areEqual(text, digest) && NetworkListText.areEqual(digest, text))
        #expect(NetworkListText.areEqual(digest, digest + ", y"))
        #expect(!NetworkListText.areEqual(digest, "sha256:\(SHA256Digest(of: text + " ")) of x"))
        #expect(!NetworkListText.areEqual(text + " ", digest))
        let turned = #"{"plugins":[{"token":"secret","type":"x"}],"name":"mine"}"#
        #expect(NetworkListText.areEqual(text, turned))
        #expect(!NetworkListText.areEqual(text, turned.replacing("secret", with: "other")))
        #expect(!NetworkListText.areEqual("not JSON", "nor this"))
    }
}

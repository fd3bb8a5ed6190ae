/// Like with like: which keys of the environment must be equal before two runs may be compared.
public enum EnvironmentGuard {
    /// A key whose values differ.
    public struct Difference: Sendable, Equatable, Codable {
        /// The key in the `environment` table, `testbed`, or a path into the resource: `spec.tests[rr].messageSize`.
        public let key: String
        /// The base run's value; nil when it was not recorded.
        public let base: String?
        /// The candidate run's value; nil when it was not recorded.
        public let candidate: String?
    }

    /// The keys that change what is measured.
    ///
    /// A trailing `.` stands for every key that begins so. The size of memory is not among them: it changes by some
    /// pages from boot to boot, and no probe is bound by it.
    public static let keysThatMatter = [
        "cgroup.", "clocksource", "cni.", "cpu.allowed", "cpu.allowed_count", "cpu.count", "cpu.governor", "cpu.model",
        "cpu.smt", "cpu.turbo_off", "fabric.", "guest.", "host.virtualization", "kernel.accelerator",
        "kernel.arguments", "kernel.release", "kernel.version",
        "kernel.where", "os.name", "sysctl.", "testbed",
        "tool.",
    ]

    /// What a run means that was stored before there were kernel guests, and so does not say it.
    private static let defaults = ["kernel.where": "host", "kernel.accelerator": "none"]

    /// Settings that the kernel derives from the size of memory at boot.
    private static let derivedFromMemory = ["sysctl.net.ipv4.udp_mem", "sysctl.net.netfilter.nf_conntrack_max"]

    /// Configuration lists, one key a network: a network that only one run has is no reason against the others.
    private static let perNetwork = "cni.conflist."

    /// The digest of a plugin's or a tool's file.
    private static let digestSuffix = ".sha256"

    /// Where such a file is and who brought it: told with its digest, and no difference while that is the same.
    private static let originSuffixes = [".path", ".package"]

    /// Whether a difference in the key forbids a comparison.
    public static func matters(_ key: String) -> Bool {
        !derivedFromMemory.contains(key) && !originSuffixes.contains(where: key.hasSuffix)
            && keysThatMatter.contains { $0.hasSuffix(".") ? key.hasPrefix($0) : key == $0 }
    }

    /// Whether a key that only one run has is no reason against comparing them.
    ///
    /// Of a network or a plugin that the other run does not use, there is nothing to compare. Other keys are younger
    /// than runs that may still be compared with, see `silence`.
    private static func mayBeMissing(_ key: String) -> Bool {
        key.hasPrefix(perNetwork) || key.hasPrefix("cni.plugin.") || key.hasSuffix(digestSuffix)
            || key.hasPrefix("cgroup.") || key.hasPrefix("guest.host.") || key.hasPrefix("cpu.allowed")
    }

    /// The keys that matter and differ, sorted.
    ///
    /// Our own version (`toolVersion`) is not among them: comparing two versions is what comparisons are for.
    public static func differences(
        base: [String: String], candidate: [String: String]
    ) -> [Difference] {
        let (base, candidate) = (
            base.merging(defaults) { given, _ in given }, candidate.merging(defaults) { given, _ in given }
        )
        return Set(base.keys).union(candidate.keys).filter { key in
            guard matters(key) else { return false }
            guard let old = base[key], let new = candidate[key] else { return !mayBeMissing(key) }
            return key.hasPrefix(perNetwork) ? !NetworkListText.areEqual(old, new) : old != new
        }.sorted().map { Difference(key: $0, base: words(for: $0, in: base), candidate: words(for: $0, in: candidate)) }
    }

    /// The value of a key; that of a digest is shortened, and told with the file and the package that it is of.
    private static func words(for key: String, in facts: [String: String]) -> String? {
        guard let value = facts[key], key.hasSuffix(digestSuffix) else { return facts[key] }
        let name = key.dropLast(digestSuffix.count)
        let file = facts["\(name).path"].map { " \($0)" } ?? ""
        return "\(value.prefix(12))\(file) of \(facts["\(name).package"] ?? "no package")"
    }

    /// What cannot be held against two runs, because the older one did not record it yet; nil when both did.
    static func silence(base: [String: String], candidate: [String: String]) -> String? {
        let recorded = [base, candidate].map { $0[formatKey] != nil }
        guard recorded[0] != recorded[1] else { return nil }
        return
            "Not recorded by the older run, so that a change of them would not be seen: digests of plugins and tools, "
            + "allowed processors, limits of control groups."
    }

    /// The key by which runs that record all of this say so.
    private static let formatKey = "environment.format"

    /// Says that two builds of this program measured; nil when it was one, or is not known.
    static func builds(base: RunData, candidate: RunData) -> String? {
        let key = "netmachinery" + digestSuffix
        guard let old = base.environment[key], let new = candidate.environment[key], old != new else { return nil }
        return "Two builds of this program measured: \(base.toolVersion) (\(old.prefix(12))) and "
            + "\(candidate.toolVersion) (\(new.prefix(12)))."
    }

    /// All that stands against comparing two runs: where they ran, and what they measured.
    static func differences(base: RunData, candidate: RunData) -> [Difference] {
        var (old, new) = (base.environment, candidate.environment)
        // The column of the run is always there, the fact only where a testbed records it.
        old["testbed"] = base.testbed
        new["testbed"] = candidate.testbed
        return differences(base: old, candidate: new) + ResourceGuard.differences(base: base, candidate: candidate)
    }
}

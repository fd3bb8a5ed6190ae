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
        "clocksource", "cni.", "cpu.count", "cpu.governor", "cpu.model", "cpu.smt", "cpu.turbo_off", "fabric.",
        "guest.", "host.virtualization", "kernel.accelerator", "kernel.arguments", "kernel.release", "kernel.version",
        "kernel.where", "os.name", "sysctl.", "testbed",
        "tool.",
    ]

    /// What a run means that was stored before there were kernel guests, and so does not say it.
    private static let defaults = ["kernel.where": "host", "kernel.accelerator": "none"]

    /// Settings that the kernel derives from the size of memory at boot.
    private static let derivedFromMemory = ["sysctl.net.ipv4.udp_mem", "sysctl.net.netfilter.nf_conntrack_max"]

    /// Configuration lists, one key a network: a network that only one run has is no reason against the others.
    private static let perNetwork = "cni.conflist."

    /// Whether a difference in the key forbids a comparison.
    public static func matters(_ key: String) -> Bool {
        !derivedFromMemory.contains(key)
            && keysThatMatter.contains { $0.hasSuffix(".") ? key.hasPrefix($0) : key == $0 }
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
        return Set(base.keys).union(candidate.keys).filter { matters($0) && base[$0] != candidate[$0] }
            .filter { !$0.hasPrefix(perNetwork) || base[$0] != nil && candidate[$0] != nil }.sorted()
            .map { Difference(key: $0, base: base[$0], candidate: candidate[$0]) }
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

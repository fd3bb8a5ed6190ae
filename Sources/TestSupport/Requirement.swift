import LinuxHost

/// What a test needs of the machine; a suite says it with `.enabled(if:)`, and the reason stands in the output when it is skipped.
public enum Requirement {
    /// Whether tests may make network namespaces.
    public static var root: Bool { Identity.isRoot }
    /// Why a test is skipped without `root`.
    public static let rootReason = "needs root: it makes network namespaces and links"
}

import LinuxHost

/// What a test needs of the machine; a suite says it with `.enabled(if:)`, and the reason stands in the output when it
/// is skipped.
public enum Requirement {
    /// Whether tests may make network namespaces.
    public static var root: Bool { Identity.isRoot }
    /// Why a test is skipped without `root`.
    public static let rootReason = "needs root: it makes network namespaces and links"

    /// Why a test is skipped on a kernel without something; such tests are then run in a kernel guest.
    public static func kernelReason(_ lacking: String) -> String { "this kernel has no \(lacking)" }
}

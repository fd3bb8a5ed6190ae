public import Contract

/// One thing that a testbed needs or could use, and whether it is here.
public struct Diagnosis: Sendable, Equatable {
    /// What it is, such as `vxlan links`.
    public let what: String
    /// What it is needed for.
    public let purpose: String
    /// Whether the quickstart does without it.
    public let isOptional: Bool
    /// What of the kernel it is or lacks, which a kernel guest may have where the host does not; empty for anything else.
    public let features: Set<KernelFeature>
    /// Nil when it is here; otherwise why not, and the way out.
    public let shortcoming: Shortcoming?

    /// A diagnosis.
    public init(
        what: String,
        purpose: String,
        isOptional: Bool = false,
        features: Set<KernelFeature> = [],
        shortcoming: Shortcoming?
    ) {
        self.what = what
        self.purpose = purpose
        self.isOptional = isOptional
        self.features = features
        self.shortcoming = shortcoming
    }
}

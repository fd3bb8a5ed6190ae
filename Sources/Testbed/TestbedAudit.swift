/// What a testbed found to be there.
public struct TestbedAudit: Sendable, Equatable {
    /// What nobody uses, one thing an entry, such as `namespace nm-…`.
    public var findings: [String]
    /// Runs that are going on and are not known to whoever asked, by their short names, with their processes.
    public var living: [String: Int32]

    /// An audit.
    public init(findings: [String] = [], living: [String: Int32] = [:]) {
        self.findings = findings
        self.living = living
    }
}

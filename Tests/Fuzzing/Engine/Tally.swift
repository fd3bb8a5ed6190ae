/// What came out of a campaign.
public struct Tally: Sendable, Equatable {
    /// Inputs that were tried.
    public var inputs = 0
    /// Those that were understood.
    public var accepted = 0
    /// Processor time of the slowest input, in nanoseconds.
    public var slowest: Int64 = 0
    /// Kinds of answers.
    public var kinds = 0
    /// Inputs with which something was not true.
    public var findings = 0

    /// Nothing was tried.
    public init() {}

    init(inputs: Int, accepted: Int, slowest: Int64, kinds: Int, findings: Int) {
        self.inputs = inputs
        self.accepted = accepted
        self.slowest = slowest
        self.kinds = kinds
        self.findings = findings
    }
}

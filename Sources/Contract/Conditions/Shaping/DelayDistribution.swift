/// How delays lie around their mean.
///
/// The kernel looks them up in a table; all but `uniform` are the tables of iproute2, worked out from their formulas.
public enum DelayDistribution: String, Codable, Sendable, Hashable, CaseIterable {
    /// Evenly between mean − jitter and mean + jitter; what the kernel does without a table.
    case uniform
    /// The jitter is the standard deviation.
    case normal
    /// Most are short and few are long: the tail of a Pareto distribution with the exponent 3.
    case pareto
    /// A quarter of `normal` and three quarters of `pareto`, which comes near to what was observed on the Internet.
    case paretonormal
}

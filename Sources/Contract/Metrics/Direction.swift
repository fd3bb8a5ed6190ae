/// Which way a metric has to move to be better.
public enum Direction: String, Sendable, Hashable, Codable, CaseIterable {
    /// More is better, as with a throughput.
    case higher

    /// Less is better, as with a latency.
    case lower

    /// No direction is better: the number describes and is never judged.
    case neither
}

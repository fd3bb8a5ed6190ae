/// What a probe says while it runs; one JSON object a line in an agent's output.
///
/// A server says `ready` when it can be reached. `done` is the last event of every plan, also after a `failure`;
/// where it is missing, the agent itself ended.
public enum ProbeEvent: Sendable, Equatable {
    /// A server listens at this port; or a client's tool is there (port 0).
    case ready(port: UInt16, tool: String, version: String)
    /// One number.
    case sample(Sample)
    /// A whole distribution, in the JSON of `LatencyHistogram`.
    case histogram(metric: String, json: String)
    /// A text worth keeping, such as what a tool printed.
    case artifact(Artifact)
    /// A sentence about what was measured, for whoever reads the numbers.
    case remark(String)
    /// Nothing was measured; `code` is a ``FailureCode``.
    case failure(code: String, message: String)
    /// The plan has ended.
    case done

    /// One number of a metric.
    public static func sample(metric: String, value: Double, censored: Bool = false) -> ProbeEvent {
        .sample(Sample(metric: metric, value: value, censored: censored))
    }

    /// A text worth keeping.
    public static func artifact(name: String, mediaType: String, text: String) -> ProbeEvent {
        .artifact(Artifact(name: name, mediaType: mediaType, text: text))
    }
}

/// What became of requests that were sent many at a time.
public struct PipelineOutcome: Sendable, Equatable {
    /// A request that the kernel refused.
    public struct Refusal: Sendable, Equatable {
        /// Which of the requests it was, counted from 0.
        public let index: Int
        /// Why.
        public let error: NetlinkError
    }

    /// Bytes that were sent.
    public var bytes = 0
    /// Requests that reached the kernel.
    public var requests = 0
    /// Those that it refused, in order; all others were done.
    public var refusals: [Refusal] = []

    /// Nothing was sent.
    public init() {}
}

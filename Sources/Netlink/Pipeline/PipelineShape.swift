/// How requests are sent many at a time.
///
/// The kernel works through a batch inside `sendmsg`, one request after the other. It answers each that it refuses,
/// whether or not an answer was asked for. So only the last request of a batch asks. When its answer is there and no
/// refusal came before it, the whole batch was done. In that way 300 requests cost two system calls and one answer, and
/// the receive buffer fills only as far as requests are refused.
public struct PipelineShape: Sendable, Hashable {
    /// Bytes of requests in one `sendmsg`; the answers to all of them have to fit into the receive buffer.
    public var batchBytes: Int
    /// Whether every request asks for an answer, and not only the last of a batch.
    public var acknowledgesEach: Bool

    /// The shape that was fastest where it was measured, or another.
    public init(batchBytes: Int = 32 * 1024, acknowledgesEach: Bool = false) {
        self.batchBytes = batchBytes
        self.acknowledgesEach = acknowledgesEach
    }
}

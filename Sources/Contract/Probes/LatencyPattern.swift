/// In which rhythm a latency probe sends.
public enum LatencyPattern: String, Codable, Sendable, CaseIterable {
    /// One connection; the next request follows the reply to the last one.
    case requestResponse
    /// A new TCP connection for each transaction: connect, request, reply, the server's close, our close.
    case connectRequestClose
    /// Requests leave at a fixed rate, whether or not replies come; latency counts from the intended time.
    case openLoop
}

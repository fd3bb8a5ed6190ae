/// What a netperf test does.
public enum NetperfPattern: String, Codable, Sendable, CaseIterable {
    /// TCP_STREAM: as much as goes, one way.
    case stream
    /// TCP_RR and UDP_RR: the next request follows the reply.
    case requestResponse
    /// TCP_CRR: a new connection for each transaction.
    case connectRequestClose
}

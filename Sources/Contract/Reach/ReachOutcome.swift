/// What an attempt to reach something came to; no two of them are ever taken for each other.
public enum ReachOutcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// The right answer came.
    case reached
    /// The other end, or somebody for it, said that nobody listens there.
    case refused
    /// Nothing came in time.
    case timedOut
    /// Somebody on the way said that there is no way.
    case unreachable
    /// The other end broke off what had been begun.
    case reset
    /// There is no such name, or it has nothing of what was asked for.
    case nameNotFound
    /// The server answered that it cannot, or will not.
    case serverFailed
    /// Something answered, and not with the status that was expected, or not by HTTP.
    case otherStatus
    /// TLS did not come to stand, or the certificate is not trusted.
    case tlsFailed
    /// It was not tried, or not to its end: nothing is known of the target.
    case couldNotTest

    /// For people: `timed out`, `could not test`.
    public var words: String {
        switch self {
        case .reached, .refused, .unreachable, .reset: rawValue
        case .timedOut: "timed out"
        case .nameNotFound: "name not found"
        case .serverFailed: "server failed"
        case .otherStatus: "other status"
        case .tlsFailed: "TLS failed"
        case .couldNotTest: "could not test"
        }
    }
}

import Contract
import HTTP

/// What a request without an answer says about its target.
enum FetchWords {
    /// The outcome that it stands for, and its words.
    static func outcome(of error: HTTPError) -> (outcome: ReachOutcome, reason: String) {
        switch error.kind {
        case .system(let code):
            let (outcome, words) = ReachWords.outcome(of: Int32(truncatingIfNeeded: code))
            return (outcome, "\(words): \(error.words)")
        case .timedOut: return (.timedOut, error.words)
        case .brokenOff: return (.reset, error.words)
        case .tls: return (.tlsFailed, error.words)
        case .noSuchName: return (.nameNotFound, error.words)
        case .notHTTP: return (.otherStatus, error.words)
        case .missing, .other: return (.couldNotTest, error.words)
        }
    }
}

/// Why a check had no right answer.
public enum CheckFailure: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing came in time.
    case timedOut = "timed out"
    /// Nobody listens there.
    case refused
    /// There is no way, somebody said.
    case unreachable
    /// The other end broke it off.
    case reset
    /// A link on the way takes smaller packets only, somebody said.
    case tooLarge = "too large"
    /// An answer came that is not the right one, such as that there is no such name.
    case wrongAnswer = "wrong answer"
    /// The agent itself could not, such as without a free descriptor: nothing is known of the target.
    case notTested = "could not test"
}

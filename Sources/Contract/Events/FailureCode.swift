/// Why a probe did not measure; the `code` of a `failure` event.
public enum FailureCode: String, Sendable, Equatable, Codable, CaseIterable {
    /// The plan cannot be read or carried out.
    case badPlan
    /// No reply at all, or the deadline came before the end of the measurement.
    case timedOut
    /// It was told to stop before the end of the measurement.
    case stopped
    /// The program is not installed.
    case toolMissing
    /// The program ended with an error of its own.
    case toolFailed
    /// The program printed something that is not its format.
    case rubbish
    /// The program printed numbers that cannot be, or that do not agree with each other.
    case contradictory
    /// Nobody listens at the target.
    case connectionRefused
    /// The peer broke the connection off.
    case connectionReset
    /// The server takes one test at a time and has one.
    case serverBusy
    /// No route to the target.
    case unreachable
    /// The port to listen at is taken.
    case portInUse
    /// Every ephemeral port towards the target is taken.
    case portsExhausted
    /// The peer sent something that was not asked for.
    case wrongReply
    /// The kernel does not hold what was planned, so nothing that was measured can be believed.
    case unverified
    /// Something that was deleted left something behind.
    case leaked
    /// What was made is not where it should be.
    case misplaced
    /// Two pods have one address between them, so nothing that is sent to it says which of them answers.
    case sharedAddress
    /// A limit was kept at no rate that was tried, however low.
    case limitNotKept
    /// This cannot be measured with what was given; not a failure of it.
    case notApplicable
    /// Another system call failed.
    case system
}

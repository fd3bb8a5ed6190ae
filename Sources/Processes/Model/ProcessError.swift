/// Why a program could not be run to its end.
///
/// Every case names the command, and every description says what to do next.
public enum ProcessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The executable is not there, or is not executable; the hint names the package or the place to look.
    case notFound(command: String, hint: String)

    /// The kernel or the C library refused to start the program.
    case startFailed(command: String, reason: String)

    /// The program still ran at its deadline, and its process group was ended; the tail is what it had said until then.
    case timedOut(command: String, after: Duration, standardErrorTail: String = "")

    /// The program wrote more than the limit to one stream or in one line, and its process group was ended.
    case outputTooLarge(command: String, limit: Int)

    /// The program ended with something else than exit code 0.
    case nonZeroExit(command: String, status: ExitStatus, standardErrorTail: String)

    /// The program no longer reads its standard input.
    case inputClosed(command: String)

    /// Reading from or writing to the program failed.
    case transferFailed(command: String, reason: String)

    /// The surrounding task was cancelled, and the program's process group was ended.
    case cancelled(command: String)

    /// What happened, with which command, and what to do next.
    public var description: String {
        switch self {
        case .notFound(let command, let hint):
            "cannot start \(command): the program was not found; \(hint)"
        case .startFailed(let command, let reason):
            "cannot start \(command): \(reason); check the path, the permissions and the working directory"
        case .timedOut(let command, let limit, let tail):
            "\(command) did not finish within \(limit) and was ended; "
                + "raise the deadline if the program needs longer, or look for what it waits for"
                + (tail.isEmpty ? "" : "; it said: \(tail)")
        case .outputTooLarge(let command, let limit):
            "\(command) wrote more than \(limit) bytes and was ended; ask it for less output or raise the limit"
        case .nonZeroExit(let command, let status, let tail):
            "\(command) ended with \(status)"
                + (tail.isEmpty ? " and wrote nothing to standard error; run it by hand to see why" : ": \(tail)")
        case .inputClosed(let command):
            "\(command) no longer reads its standard input; it ended or closed it, see its standard error"
        case .transferFailed(let command, let reason):
            "the exchange with \(command) failed: \(reason); run it again, and report it if it happens again"
        case .cancelled(let command):
            "\(command) was ended because the work around it was cancelled"
        }
    }
}

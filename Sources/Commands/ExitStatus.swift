/// How the program ends, as scripts and nightly builds see it.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Everything was done.
    case done = 0
    /// An expectation or a comparison failed.
    case comparisonFailed = 1
    /// The arguments or the resource are wrong; nothing was started.
    case badArguments = 2
    /// The environment lacks something, such as room for what is printed.
    case environmentLacks = 3
    /// Trials failed; the others are stored.
    case trialsFailed = 4
    /// Interrupted by a signal, cleaned up.
    case interrupted = 130
}

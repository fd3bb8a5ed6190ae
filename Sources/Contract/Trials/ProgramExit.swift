/// The code that a process of this program ends with: the command line for scripts and nightly builds, the agent for
/// the testbed that started it, and a run in a kernel guest for the process outside.
public enum ProgramExit: Int32, Sendable, CaseIterable {
    /// Everything was done; of an agent: its plan was carried out, or ended as it was asked to.
    case done = 0
    /// A comparison found a regression or lost values, or the runs cannot be compared.
    case comparisonFailed = 1
    /// The arguments, the resource or an agent's plan are wrong; nothing was started.
    case badArguments = 2
    /// The environment lacks something, such as room for what is printed.
    case environmentLacks = 3
    /// Trials failed, and the others are stored; of an agent: its probe failed, and a `failure` line says why.
    case trialsFailed = 4
    /// Interrupted by a signal, cleaned up; 128 and the number of SIGINT, as shells have it.
    case interrupted = 130
}

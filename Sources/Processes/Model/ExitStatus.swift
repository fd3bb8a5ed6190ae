/// How a process ended, as `waitpid(2)` tells it.
public enum ExitStatus: Sendable, Hashable, CustomStringConvertible {
    /// The process ended by itself with this exit code.
    case exited(Int32)

    /// A signal of this number ended the process.
    case signalled(Int32)

    /// Whether the process ended by itself with exit code 0.
    public var isSuccess: Bool { self == .exited(0) }

    /// The status in words, such as `exit code 2` or `signal 9 (SIGKILL)`.
    public var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .signalled(let number): "signal \(number)" + (SignalName.name(of: number).map { " (\($0))" } ?? "")
        }
    }
}

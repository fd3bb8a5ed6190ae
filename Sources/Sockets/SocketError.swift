import Glibc

/// A system call on a socket that failed.
public struct SocketError: Error, Sendable, Equatable {
    /// What was tried.
    public enum Operation: String, Sendable {
        case open, option, bind, listen, connect, accept, send, receive, wait
    }

    /// What was tried.
    public let operation: Operation
    /// The kernel's answer, an `errno` value.
    public let code: Int32

    /// Makes an error from its parts.
    public init(_ operation: Operation, _ code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// Whether the call gave up at its time-out.
    public var isTimeOut: Bool {
        // A connect(2) that SO_SNDTIMEO ended says EINPROGRESS.
        code == EAGAIN || code == ETIMEDOUT || (operation == .connect && code == EINPROGRESS)
    }
}

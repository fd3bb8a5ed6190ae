import CLinux

/// A request to the Linux host that failed.
public struct HostError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, as a verb: `create network namespace`.
    public let operation: String
    /// What it was tried on: a name or a path.
    public let object: String
    /// The kernel's answer, an `errno` value; 0 when the request was refused before the kernel saw it.
    public let errno: Int32
    /// What to do about it.
    public let hint: String

    /// Makes an error from its parts.
    public init(operation: String, object: String, errno: Int32, hint: String) {
        self.operation = operation
        self.object = object
        self.errno = errno
        self.hint = hint
    }

    /// One sentence of what happened and why, and one of what to do.
    public var description: String {
        let advice = hint.isEmpty ? "" : ". \(hint)"
        return "cannot \(operation) \(object)\(reason.isEmpty ? "" : ": \(reason)")\(advice)"
    }

    /// The kernel's answer in words; empty when the request was refused before the kernel saw it.
    public var reason: String { errno == 0 ? "" : "\(Self.text(of: errno)) (errno \(errno))" }

    static func text(of code: Int32) -> String {
        guard let text = nm_error_text(code) else { return "unknown error" }
        return String(cString: text)
    }
}

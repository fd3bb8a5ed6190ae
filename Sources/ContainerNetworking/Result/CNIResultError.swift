/// Where a plugin's answer is not a result, and what was expected there.
public struct CNIResultError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The place, such as `ips[0].address`; empty for the whole answer.
    public let path: String
    /// What was found and what was expected.
    public let message: String

    /// The place and the message.
    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

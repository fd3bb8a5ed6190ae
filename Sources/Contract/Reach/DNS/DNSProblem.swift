/// Why bytes are no DNS message, and where; or why a text is no name.
public struct DNSProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let reason: String
    /// The byte at which it is, from 0; nil where there are no bytes.
    public let offset: Int?

    init(_ reason: String, at offset: Int? = nil) {
        self.reason = reason
        self.offset = offset
    }

    /// Both in words.
    public var description: String { offset.map { "\(reason) (byte \($0))" } ?? reason }
}

/// Who of two ends sends.
public enum StreamDirection: String, Sendable, Hashable, CaseIterable, Codable {
    /// The client.
    case up
    /// The server.
    case down
    /// Both, each by streams of its own.
    case both
}

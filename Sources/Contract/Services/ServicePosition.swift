/// Where in the list of services a measured service stands.
public enum ServicePosition: String, Codable, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case first
    case middle
    case last
    /// Another one for each connection.
    case random

    /// The word in resources, plans and names of metrics.
    public var description: String { rawValue }
}

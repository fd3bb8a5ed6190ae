/// What carries messages: `protocol` in resources.
public enum Transport: String, Codable, Sendable, Hashable, CaseIterable {
    case tcp
    case udp
}

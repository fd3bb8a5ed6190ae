/// What carries the messages of a probe.
public enum Transport: String, Codable, Sendable, CaseIterable {
    case tcp
    case udp
}

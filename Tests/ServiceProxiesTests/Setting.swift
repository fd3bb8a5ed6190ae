import ServiceProxies

/// The node that plans are made for.
enum Setting {
    static let configuration = ProxyConfiguration(
        localPodRange: IPv4Range(IPv4Address(number: 0x0AF4_0000), prefixLength: 24),
        nodeAddresses: [IPv4Address(number: 0xAC1E_0001)])

    /// A configuration with something changed.
    static func configuration(_ change: (inout ProxyConfiguration) -> Void) -> ProxyConfiguration {
        var changed = configuration
        change(&changed)
        return changed
    }

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    static func lines(_ bytes: [UInt8]) -> [Substring] { text(bytes).split(separator: "\n") }
}

/// The start of a SHA-256 digest in base 32, as kube-proxy names chains by it.
struct NameHash {
    private var digest = SHA256()

    /// Writes the first 16 characters: the chains of iptables.
    mutating func appendSixteen(of message: [UInt8], to buffer: inout [UInt8]) {
        let (high, low) = digest.prefix(of: message)
        append(high, to: &buffer)
        append(low, to: &buffer)
    }

    /// Writes the first 8 characters: the chains of nftables.
    mutating func appendEight(of message: [UInt8], to buffer: inout [UInt8]) {
        append(digest.prefix(of: message).0, to: &buffer)
    }

    /// Eight characters of five bits each (RFC 4648).
    private func append(_ bits: UInt64, to buffer: inout [UInt8]) {
        for position in 0..<8 {
            let value = UInt8(truncatingIfNeeded: bits >> UInt64(35 - 5 * position)) & 31
            buffer.append(value < 26 ? UInt8(ascii: "A") + value : UInt8(ascii: "2") + value - 26)
        }
    }
}

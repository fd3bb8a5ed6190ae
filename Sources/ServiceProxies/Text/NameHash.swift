internal import Digests

/// The start of a SHA-256 digest in base 32, as kube-proxy names chains by it.
struct NameHash {
    /// Writes the first 16 characters: the chains of iptables.
    mutating func appendSixteen(of message: [UInt8], to buffer: inout [UInt8]) {
        let words = SHA256Digest(of: message).words
        append(words.0 >> 24, to: &buffer)
        append((words.0 & 0xFF_FFFF) << 16 | words.1 >> 48, to: &buffer)
    }

    /// Writes the first 8 characters: the chains of nftables.
    mutating func appendEight(of message: [UInt8], to buffer: inout [UInt8]) {
        append(SHA256Digest(of: message).words.0 >> 24, to: &buffer)
    }

    /// Eight characters of five bits each, from the 40 lowest bits (RFC 4648).
    private func append(_ bits: UInt64, to buffer: inout [UInt8]) {
        for position in 0..<8 {
            let value = UInt8(truncatingIfNeeded: bits >> UInt64(35 - 5 * position)) & 31
            buffer.append(value < 26 ? UInt8(ascii: "A") + value : UInt8(ascii: "2") + value - 26)
        }
    }
}

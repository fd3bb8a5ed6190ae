internal import Digests

/// The start of a SHA-256 digest in base 32 (RFC 4648), as kube-proxy names chains by it.
struct NameHash {
    /// 40 bits, eight characters.
    let first: UInt64
    /// 40 bits more for the chains of iptables; those of nftables do without.
    let second: UInt64?

    /// 16 characters: the chains of iptables.
    static func long(of message: TextBuffer) -> NameHash {
        // 80 bits in two numbers of 40, each of which is eight characters of base 32.
        let words = message.digest.words
        return NameHash(first: words.0 >> 24, second: (words.0 & 0xFF_FFFF) << 16 | words.1 >> 48)
    }

    /// 8 characters: the chains of nftables.
    static func short(of message: TextBuffer) -> NameHash {
        NameHash(first: message.digest.words.0 >> 24, second: nil)
    }
}

extension TextBuffer {
    fileprivate var digest: SHA256Digest {
        withBytes { SHA256Digest(of: UnsafeRawBufferPointer($0)) }
    }
}

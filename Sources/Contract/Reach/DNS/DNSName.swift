/// A whole domain name: labels of 1 to 63 bytes, 255 bytes on the wire at most (RFC 1035, 3.1).
///
/// Letters of ASCII are lower-cased when a name is made: names that differ in these alone are the same (RFC 4343).
public struct DNSName: Sendable, Hashable, CustomStringConvertible {
    /// The labels from the left, without the empty one of the root.
    public let labels: [[UInt8]]

    /// The longest name on the wire, in bytes.
    static let longest = 255
    /// The longest label, in bytes.
    static let longestLabel = 63

    /// A name of these labels; nil where one of them, or all together, are too long.
    public init?(labels: [[UInt8]]) {
        guard labels.allSatisfy({ (1...Self.longestLabel).contains($0.count) }),
            labels.reduce(1, { $0 + $1.count + 1 }) <= Self.longest
        else { return nil }
        self.labels = labels.map { label in
            label.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
        }
    }

    /// Reads a name as people write it: letters, digits, `-` and `_`, with dots between labels and perhaps one at the end.
    public init(_ text: String) throws(DNSProblem) {
        var parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
        if parts.last?.isEmpty == true, parts.count > 1 { parts.removeLast() }
        guard parts.allSatisfy({ $0.allSatisfy(Self.isPlain) }) else {
            throw DNSProblem("a name has letters, digits, - and _, with dots between them")
        }
        guard let name = DNSName(labels: parts) else {
            throw DNSProblem(
                "a name has labels of 1 to \(Self.longestLabel) bytes and \(Self.longest - 2) bytes in all")
        }
        self = name
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The name without the dot at its end; what is not printable, dots within labels and `\` as `\DDD` (RFC 1035, 5.1).
    public var description: String {
        guard !labels.isEmpty else { return "." }
        return labels.map { label in
            label.map { byte in
                Self.isPlain(byte) ? String(UnicodeScalar(byte)) : "\\" + String("00\(byte)".suffix(3))
            }.joined()
        }.joined(separator: ".")
    }
}

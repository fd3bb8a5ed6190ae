/// The textual form of IPv6 addresses: read as RFC 4291 allows, written as RFC 5952 recommends.
enum IPv6Text {
    static func bytes(of text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, !text.contains(":::") else { return nil }
        guard let head = groups(of: halves[0], mayEndInIPv4: halves.count == 1) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        // At most 14 bytes beside it, for `::` stands for at least one group.
        guard let tail = groups(of: halves[1], mayEndInIPv4: true), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    static func text(of bytes: [UInt8]) -> String {
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 0xFF }
        guard !isMapped else { return "::ffff:\(IPv4Text.text(of: bytes.suffix(4)))" }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        let hexadecimal = groups.map { String($0, radix: 16) }
        guard let zeros = longestRunOfZeros(groups) else { return hexadecimal.joined(separator: ":") }
        let head = hexadecimal[..<zeros.lowerBound].joined(separator: ":")
        let tail = hexadecimal[zeros.upperBound...].joined(separator: ":")
        return "\(head)::\(tail)"
    }

    private static func groups(of text: Substring, mayEndInIPv4: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, part.contains(".") {
                guard let embedded = IPv4Text.bytes(of: part) else { return nil }
                bytes += embedded
            } else {
                guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }

    // RFC 5952: the longest run of at least two groups, and the first of several.
    private static func longestRunOfZeros(_ groups: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start >= 2, end - start > best?.count ?? 0 { best = start..<end }
            start = end + 1
        }
        return best
    }
}

import Testing

@testable import Netlink

/// Bytes as people write them: hexadecimal, white space and comments (`# …`) anywhere.
enum Bytes {
    static func parse(_ text: String) -> [UInt8] {
        let digits = text.split(whereSeparator: \.isNewline)
            .map { $0.prefix { $0 != "#" } }
            .joined()
            .filter(\.isHexDigit)
        var bytes: [UInt8] = []
        var rest = digits[...]
        while rest.count >= 2 {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    /// What one request looks like on the wire, with number 7 of a family that has number 0x1b.
    static func written(_ request: IPVSRequest) -> [UInt8] {
        var writer = MessageWriter()
        IPVSEncoder(family: 0x1b).append(request, to: &writer, sequence: 7)
        return writer.bytes
    }
}

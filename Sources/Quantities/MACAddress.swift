/// An Ethernet address of 6 bytes.
public struct MACAddress: Quantity, Codable {
    /// The 6 bytes in transmission order.
    public let bytes: [UInt8]

    /// The address with these bytes, when there are 6 of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 6 else { return nil }
        self.bytes = bytes
    }

    /// Reads six pairs of hexadecimal digits with colons between them.
    public init(parsing text: String) throws(QuantityError) {
        let pairs = text.split(separator: ":", omittingEmptySubsequences: false)
        let bytes = pairs.compactMap { pair in
            pair.count == 2 && pair.utf8.first != UInt8(ascii: "+") ? UInt8(pair, radix: 16) : nil
        }
        guard pairs.count == 6, bytes.count == 6 else {
            let reason = text.isEmpty ? "it is empty" : "it is not six pairs of hexadecimal digits"
            throw QuantityError(text: text, expectation: Self.expectation, reason: reason)
        }
        self.bytes = bytes
    }

    /// How an Ethernet address has to be written.
    public static let expectation = "an Ethernet address, such as 02:00:00:00:00:01"

    /// Six pairs of lower-case hexadecimal digits.
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }
}

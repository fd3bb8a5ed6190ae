/// The textual form of IPv4 addresses: four decimal numbers, no leading zeros.
enum IPv4Text {
    static func bytes(of text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part in
            UInt8(part).flatMap { String($0) == part ? $0 : nil }
        }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    static func text(of bytes: some Sequence<UInt8>) -> String {
        bytes.map(String.init).joined(separator: ".")
    }
}

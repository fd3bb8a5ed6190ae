extension JSONReader {
    /// An error at the place where the reader is.
    func trouble(_ reason: String) -> JSONError { JSONError(reason, at: here) }

    /// An error that says what was expected where the reader is, and what is there.
    func unexpected(_ expectation: String) -> JSONError {
        trouble("expected \(expectation), found \(found)\(hint)")
    }

    /// What stands where the reader is.
    var found: String {
        guard offset < bytes.count else { return "the end of the text" }
        if Self.isWordByte(bytes[offset]) { return wordText(from: offset) }
        do throws(JSONError) {
            let length = try lengthOfScalar()
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[offset..<offset + length]), as: UTF8.self)
            return text == "\"" ? "a quotation mark" : "\"\(ShownText.excerpt(of: text))\""
        } catch {
            return "a byte that is not UTF-8, 0x\(String(bytes[offset], radix: 16, uppercase: true))"
        }
    }

    /// The word or number that begins at a byte, shortened.
    func wordText(from start: Int) -> String {
        let end = bytes[start...].firstIndex { !Self.isWordByte($0) } ?? bytes.count
        return ShownText.excerpt(of: String(decoding: bytes[start..<end].prefix(ShownText.length + 1), as: UTF8.self))
    }

    /// What people write who think of another language.
    private var hint: String {
        guard offset < bytes.count else { return "" }
        let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
        switch (bytes[offset], next) {
        case (UInt8(ascii: "/"), UInt8(ascii: "/")), (UInt8(ascii: "/"), UInt8(ascii: "*")), (UInt8(ascii: "#"), _):
            return "; JSON has no comments"
        case (UInt8(ascii: "'"), _): return "; JSON takes \" only"
        case (UInt8(ascii: "+"), _): return "; numbers of JSON have no + in front"
        default: return ""
        }
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The place of a byte that was read already.
    func position(ofByte index: Int) -> JSONPosition {
        var reader = JSONReader(UnsafeBufferPointer(rebasing: bytes[..<index]), limits: limits)
        while true {
            reader.skipSpace()
            guard reader.offset < index else { return reader.here }
            if (0x80..<0xC0).contains(bytes[reader.offset]) { reader.continuations += 1 }
            reader.offset += 1
        }
    }
}

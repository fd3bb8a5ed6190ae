extension JSONReader {
    /// Reads a number and makes sure that it is well formed and that a double can hold it.
    mutating func numberToken() throws(JSONError) -> Range<Int> {
        let start = offset
        let place = here
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let whole = digits()
        guard !whole.isEmpty else {
            offset = start
            throw unexpected("a number")
        }
        func wrong(_ reason: String) -> JSONError {
            JSONError("\(reason): \(wordText(from: start))", at: place)
        }
        if whole.count > 1, bytes[whole.lowerBound] == UInt8(ascii: "0") { throw wrong("a number begins with a zero") }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            guard !digits().isEmpty else { throw wrong("a number has no digits behind its point") }
        }
        var hasExponent = false
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            hasExponent = true
            offset += 1
            if offset < bytes.count, "+-".utf8.contains(bytes[offset]) { offset += 1 }
            guard !digits().isEmpty else { throw wrong("a number has no digits in its exponent") }
        }
        guard offset == bytes.count || !Self.isWordByte(bytes[offset]) else { throw wrong("this is not a number") }
        // Only so many digits, or an exponent, lead beyond what a double can hold.
        if hasExponent || whole.count > 300 {
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<offset]), as: UTF8.self)
            guard Double(text)?.isFinite == true else { throw wrong("a number is larger than any double") }
        }
        return start..<offset
    }

    private mutating func digits() -> Range<Int> {
        let start = offset
        while offset < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset]) { offset += 1 }
        return start..<offset
    }
}

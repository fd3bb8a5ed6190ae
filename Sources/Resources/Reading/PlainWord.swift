/// What readers of YAML take an unquoted word for; versions 1.1 and 1.2 do not agree on all of them.
enum PlainWord {
    /// Whether some version takes it for a truth value: `yes` and `on` are some in 1.1, and texts in 1.2.
    static func isTruth(_ text: String) -> Bool {
        let words = ["true", "false", "yes", "no", "on", "off"]
        return words.contains { [$0, $0.capitalized(), $0.uppercased()].contains(text) }
    }

    /// Whether some version takes it for a number.
    static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if let first = rest.first, "+-".utf8.contains(first) { rest = rest.dropFirst() }
        let word = rest.map { $0 | 0x20 }
        if word == Array(".inf".utf8) || word == Array(".nan".utf8) { return true }
        if word.count > 2, word[0] == UInt8(ascii: "0"), let digits = digits(ofBase: word[1]) {
            return word.dropFirst(2).allSatisfy { digits.contains($0) || $0 == UInt8(ascii: "_") }
        }
        return isDecimal(rest) || isSexagesimal(rest)
    }

    /// Whether it has a zero in front, which is the mark of an octal number in 1.1 and none in 1.2.
    static func hasLeadingZero(_ text: String) -> Bool {
        let digits = text.utf8.drop { "+-".utf8.contains($0) }
        return digits.count > 1 && digits.first == UInt8(ascii: "0") && digits.dropFirst().allSatisfy(isDigit)
    }

    private static func digits(ofBase letter: UInt8) -> [UInt8]? {
        switch letter {
        case UInt8(ascii: "x"): Array("0123456789abcdef".utf8)
        case UInt8(ascii: "o"): Array("01234567".utf8)
        case UInt8(ascii: "b"): Array("01".utf8)
        default: nil
        }
    }

    /// Digits with underscores, at most one point, and an exponent, such as `1_000`, `.5` and `1e3`.
    private static func isDecimal(_ text: Substring.UTF8View) -> Bool {
        let mantissa = text.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        guard mantissa.first.map({ isDigit($0) || $0 == UInt8(ascii: ".") }) == true, mantissa.contains(where: isDigit),
            mantissa.allSatisfy({ isDigit($0) || "._".utf8.contains($0) }),
            mantissa.count(where: { $0 == UInt8(ascii: ".") }) <= 1
        else { return false }
        guard mantissa.count < text.count else { return true }
        var exponent = text.dropFirst(mantissa.count + 1)
        if let sign = exponent.first, "+-".utf8.contains(sign) { exponent = exponent.dropFirst() }
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }

    /// Numbers to the base of 60 with colons between them, which only 1.1 knows, such as `1:30`.
    private static func isSexagesimal(_ text: Substring.UTF8View) -> Bool {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0].first.map(isDigit) == true else { return false }
        return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { isDigit($0) || "._".utf8.contains($0) } }
            && parts.dropFirst().allSatisfy { $0.prefix { $0 != UInt8(ascii: ".") }.count <= 2 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension String {
    /// The same with a capital letter in front.
    fileprivate func capitalized() -> String { prefix(1).uppercased() + dropFirst() }
}

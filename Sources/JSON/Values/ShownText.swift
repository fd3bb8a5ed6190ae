/// Text of a file in a message: short, on one line, and without characters that steer a terminal.
enum ShownText {
    static let length = 40

    static func excerpt(of text: String) -> String {
        var result = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            guard count < length else { return result + "..." }
            result += shown(scalar)
        }
        return result
    }

    /// The character itself, or its number where it is not one to be seen.
    static func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            name(of: scalar)
        default: String(scalar)
        }
    }

    /// The number of a character, such as `U+001B`.
    static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

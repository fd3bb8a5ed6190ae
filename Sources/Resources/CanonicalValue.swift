/// JSON in its one canonical form: no white space, keys sorted.
indirect enum CanonicalValue: Sendable, Equatable {
    case string(String)
    case integer(UInt64)
    case boolean(Bool)
    case list([CanonicalValue])
    case object([String: CanonicalValue])

    static func integer(_ value: Int) -> CanonicalValue { .integer(UInt64(max(0, value))) }

    static func text(_ value: some CustomStringConvertible) -> CanonicalValue { .string(value.description) }

    /// An object of those values that there are.
    static func object(present values: [String: CanonicalValue?]) -> CanonicalValue {
        .object(values.compactMapValues { $0 })
    }

    var json: String {
        switch self {
        case .string(let text): return Self.quoted(text)
        case .integer(let number): return String(number)
        case .boolean(let isTrue): return isTrue ? "true" : "false"
        case .list(let values): return "[\(values.map(\.json).joined(separator: ","))]"
        case .object(let values):
            let members = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{\(members.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ","))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            // YAML refuses more characters unescaped than JSON does, and this text has to be read as both.
            case _ where !isPlain(scalar): for unit in String(scalar).utf16 { result += escape(unit) }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: true
        case 0xA0..<0xD800: !scalar.properties.isWhitespace
        // Raw, as YAML has no surrogate pairs; the byte order mark and the two non-characters stay escaped.
        case 0xE000...0xFFFD: scalar.value != 0xFEFF
        default: scalar.value > 0xFFFF
        }
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}

import Foundation
import JSON

/// JSON of others, by the one strict reader; Foundation's reader, which is more lenient, stands beside it.
struct JSONEntrance: Entrance {
    let name = "json"
    let words = [
        "{\"a\":", "}", "[", "]", ",", ":", "null", "true", "false", "\"a\"", "\"\\u0061\"", "\"\\ud83d\\ude00\"",
        "\\u0000",
        "\\ud800", "// comment\n", "/**/", ",]", ",}", "NaN", "Infinity", "-0", "1.5e10", "'a'", "\u{FEFF}", "\n{",
        " {\"",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        try takeFirstObject(input)
        let node: JSONNode
        do throws(JSONError) {
            node = try JSONNode(parsing: input)
        } catch {
            try check(error, input)
            return .refused(error.reason)
        }
        let other = try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)
        try Violation.unless(other != nil, "what is taken strictly is taken leniently")
        try Violation.unless(other.map { Self.isSame(node, $0) } ?? false, "both readers read the same values")
        let text = Self.text(of: node)
        let again = try? JSONNode(parsing: text)
        try Violation.unless(again.map(Self.text) == text, "JSON that is written reads back as the same", text)
        return .accepted("\(text.prefix(1))")
    }

    private func takeFirstObject(_ input: [UInt8]) throws(Violation) {
        let found: FirstJSONObject?
        do throws(JSONError) {
            found = try FirstJSONObject(in: input)
        } catch {
            return try check(error, input)
        }
        guard let found, let whole = String(validating: input, as: UTF8.self) else { return }
        let parts = found.before + found.text + found.after
        try Violation.unless(parts.utf8.elementsEqual(whole.utf8), "an object and what stands around it is the text")
    }

    private func check(_ error: JSONError, _ input: [UInt8]) throws(Violation) {
        try Violation.unlessWorded(error.description)
        let lines = input.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
        let place = error.position
        try Violation.unless(
            (1...lines).contains(place.line) && (1...input.count + 1).contains(place.column),
            "a problem's place is in the text", "\(error) of \(lines) lines")
    }

    private static func isSame(_ node: JSONNode, _ other: Any) -> Bool {
        switch node.value {
        case .null: return other is NSNull
        case .bool(let value): return (other as? NSNumber)?.boolValue == value
        case .number(let number):
            guard let value = (other as? NSNumber)?.doubleValue else { return false }
            return abs(value - number.double) <= abs(value) * 1e-14
        case .string(let text):
            // Foundation leaves byte order marks out.
            guard let other = other as? String else { return false }
            return other.unicodeScalars.filter { $0 != "\u{FEFF}" } == text.unicodeScalars.filter { $0 != "\u{FEFF}" }
        case .array(let elements):
            guard let others = other as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy(isSame)
        case .object(let members):
            // Names that differ in how a letter is composed, or in a byte order mark, may be one to a dictionary.
            guard let others = other as? [String: Any], others.count <= members.count else { return false }
            return others.count < members.count
                || members.allSatisfy { member in others[member.name].map { isSame(member.value, $0) } ?? true }
        }
    }

    /// The values of a text without their places.
    private static func text(of node: JSONNode) -> String {
        switch node.value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let number): number.text
        case .string(let text): quoted(text)
        case .array(let elements): "[\(elements.map(text).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(quoted($0.name)):\(text(of: $0.value))" }.joined(separator: ","))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\0"..<" ": "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))"
            default: "\(scalar)"
            }
        }
        return "\"\(scalars.joined())\""
    }
}

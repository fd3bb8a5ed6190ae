import Foundation
import Statistics

/// Changes a document at random places: other values, missing and additional members, and the same inside of the JSON
/// that some of its texts hold.
struct DocumentMutation {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// What makes a document one at all, or its parts belong together: other tests change these.
    private static let kept: Set<String> = ["format", "version", "id", "runID", "trialID"]

    /// The document with one to four changes.
    mutating func mutated(_ json: String) throws -> String {
        var value = try JSONSerialization.jsonObject(with: Data(json.utf8))
        for _ in 0..<Int.random(in: 1...4, using: &random) { value = changed(value, depth: 0) }
        return try text(of: value)
    }

    private func text(of value: Any) throws -> String {
        let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
    }

    private mutating func changed(_ value: Any, depth: Int) -> Any {
        let isHere = depth > 1 && Int.random(in: 0..<30, using: &random) == 0
        switch value {
        case var object as [String: Any]:
            let keys = object.keys.filter { !Self.kept.contains($0) }.sorted()
            guard !isHere, let key = keys.randomElement(using: &random) else { return other() }
            if depth > 0, Int.random(in: 0..<30, using: &random) == 0 {
                object[key] = nil
            } else {
                object[key] = changed(object[key] ?? other(), depth: depth + 1)
            }
            return object
        case var array as [Any]:
            guard !isHere, let index = array.indices.randomElement(using: &random) else { return other() }
            switch Int.random(in: 0..<12, using: &random) {
            case 0: array.remove(at: index)
            case 1: array.append(array[index])
            default: array[index] = changed(array[index], depth: depth + 1)
            }
            return array
        case let text as String where text.hasPrefix("{") && !isHere:
            guard let inner = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { return other() }
            return (try? self.text(of: changed(inner, depth: depth + 1))) ?? text
        default: return other(than: value)
        }
    }

    /// A value of the same sort mostly, so that many documents are taken, and of any sort else.
    private mutating func other(than value: Any) -> Any {
        guard Int.random(in: 0..<12, using: &random) > 0 else { return other() }
        if value is Bool { return Bool.random(using: &random) }
        if value is String { return Self.texts.randomElement(using: &random) ?? "" }
        return Self.numbers.randomElement(using: &random) ?? 0
    }

    private mutating func other() -> Any {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: Self.texts.randomElement(using: &random) ?? ""
        case 1: [Any]()
        case 2: [String: Any]()
        case 3: NSNull()
        case 4: Bool.random(using: &random)
        default: Self.numbers.randomElement(using: &random) ?? 0
        }
    }

    private static var numbers: [Any] {
        [
            0, 1, -1, 2, 100, 1_000_001, 0.5, -0.0, 1e-30, 1e30, -1e30, 1e-31, 1e31, 1e300,
            Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude,
            Int.max, Int.min, UInt64.max, 9_007_199_254_740_993,
        ]
    }

    private static let texts: [String] = [
        "", " ", "x", "floor", "bridge", "pods", "add_p50", "rate", "s", "1/s", "count", "bit/s", "1", "1e999", "-5",
        "nan", "10 pods", "completed", "failed", "timedOut", "lower", "higher", "neither", "conformance", "{}", "null",
        "[]", "{", "a\nb", "a\u{0}b", "`id`", "'", "\"", "e\u{301}'\u{301}", "<b>", "|", "=1", "\u{202E}x",
        "2026-11-24T22:03:25.123Z", "0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
        String(repeating: "long", count: 60), String(repeating: "n", count: 64), String(repeating: "m", count: 63),
    ]
}

import Foundation

/// JSON objects of strings, as the columns `labels` and `factors` hold them.
enum JSONText {
    static func encode(_ values: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        // Sorted, so that equal factors are equal text and plain SQL can group by them.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(values), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}

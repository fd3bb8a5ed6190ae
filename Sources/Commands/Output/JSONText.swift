import Foundation
import Quantities

/// JSON as every command prints it: sorted keys, indented, ISO 8601 dates.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return VisibleText.json(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

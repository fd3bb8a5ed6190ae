import Foundation

/// The recorded resource in a form that people read.
enum ResourceText {
    /// JSON with indentation and sorted keys; other text as it is.
    static func indented(_ json: String) -> String {
        guard
            let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)),
            JSONSerialization.isValidJSONObject(object),
            let data = try? JSONSerialization.data(
                withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            )
        else { return json }
        return String(decoding: data, as: UTF8.self)
    }
}

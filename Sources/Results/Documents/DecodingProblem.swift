/// Words for what a JSON decoder found.
enum DecodingProblem {
    static func words(for error: any Error) -> String {
        guard let error = error as? DecodingError else {
            return "\(error)"
        }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(path(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else {
                return "it is not JSON, or not a JSON object (\(context.debugDescription))"
            }
            return "\(path(context.codingPath)): \(context.debugDescription)"
        @unknown default:
            return "\(error)"
        }
    }

    /// A path such as `trials[3].samples[0].value`.
    static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }
}

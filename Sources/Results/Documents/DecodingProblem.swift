import JSON

/// What a decoder found, as a problem of the document.
enum DecodingProblem {
    static func problem(for error: any Error) -> DocumentProblem {
        guard let error = error as? DecodingError else { return DocumentProblem([], "\(error)") }
        switch error {
        case .keyNotFound(let key, let context):
            return DocumentProblem(steps(context.codingPath + [key]), "it is missing")
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else {
                return DocumentProblem([], "it is not JSON, or not a JSON object (\(words(of: context)))")
            }
            return DocumentProblem(steps(context.codingPath), words(of: context))
        @unknown default:
            return DocumentProblem([], "\(error)")
        }
    }

    static func words(for error: any Error) -> String { problem(for: error).description }

    /// What the decoder says, without its full stop.
    private static func words(of context: DecodingError.Context) -> String {
        let words = context.debugDescription
        return words.hasSuffix(".") ? String(words.dropLast()) : words
    }

    private static func steps(_ keys: [any CodingKey]) -> [JSONPath.Step] {
        keys.map { key in key.intValue.map { .index($0) } ?? .name(key.stringValue) }
    }
}

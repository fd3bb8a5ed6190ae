/// A value of a document with its place: what is left of YAML once it is parsed.
struct DocumentNode: Sendable, Equatable {
    /// The three shapes of a value.
    enum Value: Sendable, Equatable {
        /// `isPlain` is false for quoted and block text, which never is a number or nothing.
        case scalar(String, isPlain: Bool)
        case list([DocumentNode])
        case mapping([Entry])
    }

    /// One key of a mapping with its value.
    struct Entry: Sendable, Equatable {
        let key: String
        let keyPosition: Position
        var value: DocumentNode
    }

    var value: Value
    var position: Position
    /// Whether a tag says that it is a text, as in `!!str 5`.
    var isTagged = false

    var isNothing: Bool {
        guard case .scalar(let text, isPlain: true) = value else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// How the value is called in "found …".
    var found: String {
        switch value {
        case .mapping: return "a mapping"
        case .list: return "a list"
        case .scalar(let text, let isPlain):
            guard !isNothing else { return "nothing" }
            let short = text.count > 60 ? "\(text.prefix(57))..." : text
            return isPlain ? short : isTagged ? "!!str \(short)" : "\"\(short)\""
        }
    }
}

/// A change to one value of a resource, such as `spec.tests[0].duration=2s`.
///
/// The value is read as YAML; an empty value removes the key. Mappings that are missing on the way are made.
public struct Override: Sendable, Equatable {
    /// The path of the key, such as `spec.tests[0].duration`.
    public let path: String
    /// The new value, as YAML.
    public let value: String

    let steps: [Step]

    /// One step of a path.
    enum Step: Sendable, Equatable {
        case key(String)
        case index(Int)
    }

    /// Reads `path=value`.
    public init(parsing text: String) throws(OverrideError) {
        guard let equals = text.firstIndex(of: "=") else {
            throw OverrideError(text: text, reason: "it has no =")
        }
        let path = String(text[..<equals])
        guard let steps = Self.steps(of: path) else {
            throw OverrideError(text: text, reason: "\"\(Self.excerpt(path))\" is not the path of a key")
        }
        guard steps.count <= ReadingLimits.depth else {
            throw OverrideError(
                text: text,
                reason: "its path has \(steps.count) steps, and values are nested at most \(ReadingLimits.depth) deep"
            )
        }
        self.path = path
        self.value = String(text[text.index(after: equals)...])
        self.steps = steps
    }

    /// A text in a message, shortened.
    static func excerpt(_ text: String) -> String {
        text.count > 200 ? "\(text.prefix(197))..." : text
    }

    /// The steps of a path such as `spec.tests[0].duration`, or nil when it is none.
    static func steps(of path: String) -> [Step]? {
        var steps: [Step] = []
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard !pieces[0].isEmpty, !pieces[0].contains("]") else { return nil }
            steps.append(.key(String(pieces[0])))
            for piece in pieces.dropFirst() {
                guard piece.last == "]", let index = UInt16(piece.dropLast()) else { return nil }
                steps.append(.index(Int(index)))
            }
        }
        return steps
    }
}

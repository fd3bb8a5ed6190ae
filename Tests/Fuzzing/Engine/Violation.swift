/// Something that has to be true of every input, and was not.
public struct Violation: Error, Sendable, Equatable, CustomStringConvertible {
    /// What has to be true, in the same words for every input.
    public let property: String
    /// What was seen.
    public let details: String

    /// A violation of that property.
    public init(_ property: String, _ details: String = "") {
        self.property = property
        self.details = details
    }

    /// The property, and what was seen.
    public var description: String { details.isEmpty ? property : "\(property): \(details)" }

    /// Throws unless the condition holds.
    static func unless(
        _ condition: Bool, _ property: String, _ details: @autoclosure () -> String = ""
    ) throws(Violation) {
        guard condition else { throw Violation(property, details()) }
    }

    /// Throws unless a refusal is a sentence of ours: not empty, and not what a library prints of its own errors.
    static func unlessWorded(_ words: String) throws(Violation) {
        let foreign = ["Error Domain=", "DecodingError", "CodingKeys", "NSCocoa", "Optional(", "_readerError"]
        // Where a library's words are quoted they stand in front; behind may be as much of the input as there is.
        let start = String(words.unicodeScalars.prefix(512))
        try unless(
            start.contains { !$0.isWhitespace } && !foreign.contains(where: start.contains),
            "a refusal is a sentence for people", start)
    }
}

/// How much of a file is read: far more than any resource holds, so that more is a mistake or an attack.
enum ReadingLimits {
    /// The most bytes of a file.
    static let bytes = 1 << 20
    /// The most values of a document, those that aliases repeat among them.
    static let values = 100_000
    /// How deep values may be nested, in a file and in the path of an override.
    static let depth = 100
    /// The most problems that are told; nobody reads more.
    static let problems = 200
    /// How often a file is parsed again to find what is wrong beside a repeated key.
    static let parses = 50
    /// The most bytes that are parsed again for that.
    static let bytesParsedAgain = 2 << 20
}

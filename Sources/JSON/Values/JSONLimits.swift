/// What a JSON text may ask of its reader; beyond that it is refused.
public struct JSONLimits: Sendable, Hashable {
    /// The most bytes of a text.
    public var bytes: Int
    /// How deep arrays and objects may be nested.
    public var depth: Int
    /// Whether an object may have members of one name, of which the first counts: some programs write such.
    public var allowsRepeatedNames: Bool

    /// Limits that all files of people and answers of programs stay far below.
    public init(bytes: Int = 64 << 20, depth: Int = 256, allowsRepeatedNames: Bool = false) {
        self.bytes = bytes
        self.depth = depth
        self.allowsRepeatedNames = allowsRepeatedNames
    }
}

/// The names of the members that were read of each open object, to find one that is there twice.
struct OpenNames {
    /// One open object.
    struct Scope {
        fileprivate let start: Int
    }

    // Beyond this many members of one object, comparing with each of them is slower than hashing.
    private static let fewest = 16

    private var tokens: [StringToken] = []
    /// Of large objects, by where they start.
    private var large: [Int: [String: StringToken]] = [:]

    mutating func open() -> Scope { Scope(start: tokens.count) }

    mutating func close(_ scope: Scope) {
        if tokens.count - scope.start > Self.fewest { large[scope.start] = nil }
        tokens.removeSubrange(scope.start...)
    }

    /// Remembers a name; answers with the one that stood there before, if there is one.
    mutating func add(
        _ token: StringToken,
        to scope: Scope,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> StringToken? {
        let known = tokens[scope.start...]
        defer { tokens.append(token) }
        guard known.count >= Self.fewest else { return known.first { $0.isEqual(to: token, in: bytes) } }
        if known.count == Self.fewest {
            large[scope.start] = Dictionary(known.map { ($0.text(in: bytes), $0) }) { first, _ in first }
        }
        let text = token.text(in: bytes)
        if let first = large[scope.start]?[text] { return first }
        large[scope.start]?[text] = token
        return nil
    }
}

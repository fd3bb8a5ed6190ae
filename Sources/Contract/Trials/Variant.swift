/// One combination of levels, measured again and again.
public struct Variant: Sendable, Hashable, CustomStringConvertible {
    /// A factor and the level that this variant has of it.
    public struct Level: Sendable, Hashable {
        /// The factor's name.
        public let factor: String
        /// The level's name.
        public let level: String

        /// A level of a factor.
        public init(_ factor: String, _ level: String) {
            self.factor = factor
            self.level = level
        }
    }

    /// The levels, in the order of the design's factors.
    public let levels: [Level]

    /// A variant with these levels.
    public init(_ levels: [Level]) {
        self.levels = levels
    }

    /// The level of a factor, or nil when the variant does not vary in it.
    public func level(of factor: String) -> String? {
        levels.first { $0.factor == factor }?.level
    }

    /// The key in the store: `network=bridge path=same-node test=rr`.
    public var key: String {
        levels.map { "\($0.factor)=\($0.level)" }.joined(separator: " ")
    }

    /// What the variant is compared within: its key without the compared factor, all of it where nothing is compared.
    public func group(without factor: String?) -> String {
        Variant(levels.filter { $0.factor != factor }).key
    }

    /// The levels by factor, as the store keeps them.
    public var factors: [String: String] {
        Dictionary(levels.map { ($0.factor, $0.level) }, uniquingKeysWith: { first, _ in first })
    }

    /// For people: `bridge same-node rr`.
    public var description: String { levels.map(\.level).joined(separator: " ") }
}

import FoundationEssentials

/// What a watch was to do: with it, what its agents counted can be read, and judged again, by whoever has the store alone.
public struct WatchPlan: Sendable, Equatable, Codable {
    /// The name of the artifact.
    public static let artifact = "watch-plan.json"

    /// Places and checks, by whose numbers windows are written.
    public var map: WatchMap
    /// When something counts as wrong.
    public var rules: WatchRules
    /// How long a window is, in nanoseconds.
    public var windowNanoseconds: UInt64
    /// When the first window begins, in nanoseconds since 1970.
    public var startNanoseconds: UInt64

    /// A plan.
    public init(map: WatchMap, rules: WatchRules, windowNanoseconds: UInt64, startNanoseconds: UInt64) {
        self.map = map
        self.rules = rules
        self.windowNanoseconds = windowNanoseconds
        self.startNanoseconds = startNanoseconds
    }

    /// The plan as JSON, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads a plan from its JSON.
    public init(json: String) throws {
        self = try JSONDecoder().decode(WatchPlan.self, from: Data(json.utf8))
    }
}

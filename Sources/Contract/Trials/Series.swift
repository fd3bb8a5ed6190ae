import FoundationEssentials

/// A quantity over the time of a trial; all of a trial's are its artifact `series.json`.
public struct Series: Codable, Sendable, Equatable {
    /// One reading.
    public struct Point: Codable, Sendable, Equatable {
        /// When, in seconds since the trial began.
        public var at: Double
        /// What was read; nil where there was nothing to read, and a line has a gap.
        public var value: Double?

        /// A reading.
        public init(at: Double, value: Double?) {
            self.at = at
            self.value = value
        }
    }

    /// The name of the artifact that holds all series of a trial.
    public static let artifact = "series.json"

    /// What it is of, such as `loss node0 to node1`.
    public var name: String
    /// Its unit, as a metric's: `s`, `ratio`, `bit/s`.
    public var unit: String
    /// The readings by time.
    public var points: [Point]

    /// A quantity over time.
    public init(name: String, unit: String, points: [Point]) {
        self.name = name
        self.unit = unit
        self.points = points
    }

    /// The artifact's text, keys sorted.
    public static func json(_ all: [Series]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(all), as: UTF8.self)
    }

    /// Reads the artifact.
    public static func all(json: String) throws -> [Series] {
        try JSONDecoder().decode([Series].self, from: Data(json.utf8))
    }
}

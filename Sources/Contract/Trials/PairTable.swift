import FoundationEssentials

/// A quantity by source and destination; all of a trial's are its artifact `pairs.json`.
public struct PairTable: Codable, Sendable, Equatable {
    /// One pair of places.
    public struct Entry: Codable, Sendable, Equatable {
        /// Where it began.
        public var source: String
        /// Where it went.
        public var destination: String
        /// What was found between them, in the table's unit.
        public var value: Double

        /// A pair.
        public init(source: String, destination: String, value: Double) {
            self.source = source
            self.destination = destination
            self.value = value
        }
    }

    /// The name of the artifact that holds all tables of a trial.
    public static let artifact = "pairs.json"

    /// What it is, such as `lost`.
    public var name: String
    /// Its unit, as a metric's: `s`, `ratio`; larger is worse.
    public var unit: String
    /// The pairs, in the order in which their places are shown.
    public var entries: [Entry]

    /// A table.
    public init(name: String, unit: String, entries: [Entry]) {
        self.name = name
        self.unit = unit
        self.entries = entries
    }

    /// The artifact's text, keys sorted.
    public static func json(_ all: [PairTable]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(all), as: UTF8.self)
    }

    /// Reads the artifact.
    public static func all(json: String) throws -> [PairTable] {
        try JSONDecoder().decode([PairTable].self, from: Data(json.utf8))
    }
}

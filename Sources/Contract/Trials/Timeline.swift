import FoundationEssentials

/// What clients met while something changed, bin by bin: the artifact `churn-timeline.json` of a trial.
///
/// All times are seconds from the start of the changes.
public struct Timeline: Sendable, Equatable, Codable {
    /// One stretch of time.
    public struct Bin: Sendable, Equatable, Codable {
        /// When it begins.
        public var at: Double
        /// Connects that were begun in it.
        public var connects: Int
        /// Those of them that failed.
        public var failed: Int
        /// The median time of the others; nil when there were none.
        public var p50: Double?
        /// The 99th percentile of the others; nil when there were none.
        public var p99: Double?
        /// Packets that went to endpoints that were gone.
        public var deadPackets: Int?

        /// A bin.
        public init(at: Double, connects: Int, failed: Int, p50: Double?, p99: Double?, deadPackets: Int?) {
            self.at = at
            self.connects = connects
            self.failed = failed
            self.p50 = p50
            self.p99 = p99
            self.deadPackets = deadPackets
        }
    }

    /// A change of endpoints that was made while clients went on.
    public struct Change: Sendable, Equatable, Codable {
        /// When it was begun.
        public var at: Double
        /// When the program that carries it out had returned; nil when it did not.
        public var returned: Double?
        /// When a client first saw it; nil when none did.
        public var visible: Double?

        /// A change.
        public init(at: Double, returned: Double?, visible: Double?) {
            self.at = at
            self.returned = returned
            self.visible = visible
        }
    }

    /// The artifact's name.
    public static let artifact = "churn-timeline.json"

    /// How long a bin is.
    public var binSeconds: Double
    /// The bins by time.
    public var bins: [Bin]
    /// The changes by time.
    public var changes: [Change]

    /// A timeline.
    public init(binSeconds: Double, bins: [Bin], changes: [Change]) {
        self.binSeconds = binSeconds
        self.bins = bins
        self.changes = changes
    }

    /// Reads the artifact; throws what is wrong with it.
    public init(json: String) throws {
        let read = try JSONDecoder().decode(Timeline.self, from: Data(json.utf8))
        guard read.binSeconds > 0, !read.bins.isEmpty else { throw Problem.empty }
        self = read
    }

    /// The artifact's text, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private enum Problem: Error, CustomStringConvertible {
        case empty
        var description: String { "it has no bins" }
    }
}

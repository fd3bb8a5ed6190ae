import Foundation

/// What clients met while endpoints changed, bin by bin: the artifact `churn-timeline.json` of a trial.
///
/// All times are seconds from the start of the churn.
public struct ChurnTimeline: Sendable, Equatable, Codable {
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
    }

    /// One change of endpoints.
    public struct Change: Sendable, Equatable, Codable {
        /// When it was begun.
        public var at: Double
        /// When the program that carries it out had returned; nil when it did not.
        public var returned: Double?
        /// When a client first saw it; nil when none did.
        public var visible: Double?
    }

    /// The artifact's name.
    static let artifact = "churn-timeline.json"

    /// How long a bin is.
    public var binSeconds: Double
    /// The bins by time.
    public var bins: [Bin]
    /// The changes by time.
    public var changes: [Change]

    /// All connects that were begun.
    var connects: Int { bins.reduce(0) { $0 + $1.connects } }
    /// All connects that failed.
    var failed: Int { bins.reduce(0) { $0 + $1.failed } }
    /// All packets that went to endpoints that were gone.
    var deadPackets: Int { bins.reduce(0) { $0 + ($1.deadPackets ?? 0) } }
}

extension ChurnTimeline {
    /// Reads the artifact; throws what is wrong with it.
    init(json: String) throws {
        let read = try JSONDecoder().decode(ChurnTimeline.self, from: Data(json.utf8))
        guard read.binSeconds > 0, !read.bins.isEmpty else { throw Problem.empty }
        self = read
    }

    private enum Problem: Error, CustomStringConvertible {
        case empty
        var description: String { "it has no bins" }
    }
}

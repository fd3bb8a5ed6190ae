import FoundationEssentials

/// All that one agent knows of one window; it hands each over as an artifact of its own when the window is closed.
public struct AgentWindow: Sendable, Equatable, Codable {
    /// What came from one agent, counted by the window in which that agent sent it.
    public struct Arrival: Sendable, Equatable {
        /// The check, of the other agent's plan.
        public var check: Int
        /// Datagrams.
        public var count: Int

        /// What came of a check.
        public init(check: Int, count: Int) {
            self.check = check
            self.count = count
        }
    }

    /// The name of the agent's artifacts.
    public static let artifact = "watch-window"

    /// The place that the agent stands at, by its number.
    public var place: Int
    /// Which window it is, counted from 0; all agents of a watch begin to count at the same moment.
    public var index: Int
    /// What its checks came to.
    public var checks: [CheckWindow]
    /// What other agents' checks brought here.
    public var arrivals: [Arrival]
    /// What the kernel says; nil where it could not be read.
    public var reading: NodeReading?
    /// Processor time of the agent's process within the window, in seconds.
    public var processorSeconds: Double
    /// Memory of the agent's process, in bytes.
    public var memoryBytes: Int
    /// The longest that the agent came late to what it had to do, in nanoseconds.
    public var lateness: UInt64

    /// A window.
    public init(
        place: Int, index: Int, checks: [CheckWindow], arrivals: [Arrival] = [], reading: NodeReading? = nil,
        processorSeconds: Double = 0, memoryBytes: Int = 0, lateness: UInt64 = 0
    ) {
        self.place = place
        self.index = index
        self.checks = checks
        self.arrivals = arrivals
        self.reading = reading
        self.processorSeconds = processorSeconds
        self.memoryBytes = memoryBytes
        self.lateness = lateness
    }

    /// The window on one line, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads a window from its JSON.
    public init(json: String) throws {
        self = try JSONDecoder().decode(AgentWindow.self, from: Data(json.utf8))
    }
}

extension AgentWindow.Arrival: Codable {
    /// Reads `[check, count]`.
    public init(from decoder: any Decoder) throws {
        var row = try decoder.unkeyedContainer()
        self.init(check: try row.decode(Int.self), count: try row.decode(Int.self))
        guard check >= 0, count >= 0 else {
            throw DecodingError.dataCorruptedError(in: row, debugDescription: "counts that cannot be")
        }
    }

    /// Writes the row.
    public func encode(to encoder: any Encoder) throws {
        var row = encoder.unkeyedContainer()
        try row.encode(check)
        try row.encode(count)
    }
}

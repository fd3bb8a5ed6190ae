import FoundationEssentials

/// A stretch of a trial's time in which something held; in the store it is an event of its trial, its detail the JSON of one.
public struct Span: Codable, Sendable, Equatable {
    /// What held.
    public enum Role: String, Codable, Sendable, CaseIterable {
        /// Something that was changed on purpose.
        case condition
        /// Something that a watch found.
        case finding
    }

    /// The name of the store's events.
    public static let name = "span"

    /// What held.
    public var role: Role
    /// What it is, in a word or a few, such as `loss` or `10ms delay on egress of eth0`.
    public var name: String
    /// Where, such as `bridge/node0` or `node0 to node1`.
    public var place: String
    /// When it began, in seconds since its trial did.
    public var start: Double
    /// When it ended; nil where it had not when its trial did.
    public var end: Double?
    /// More about it: the evidence of a finding, what was measured of a condition; empty where there is nothing more.
    public var detail: String

    /// A stretch of time.
    public init(role: Role, name: String, place: String, start: Double, end: Double?, detail: String = "") {
        self.role = role
        self.name = name
        self.place = place
        self.start = start
        self.end = end
        self.detail = detail
    }

    /// The stretch on one line, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads one from its JSON; throws for times that are none.
    public init(json: String) throws {
        let read = try JSONDecoder().decode(Span.self, from: Data(json.utf8))
        guard read.start >= 0, read.end.map({ $0 >= read.start }) ?? true else { throw Problem.backwards }
        self = read
    }

    private enum Problem: Error, CustomStringConvertible {
        case backwards
        var description: String { "it ends before it begins, or begins before its trial" }
    }
}

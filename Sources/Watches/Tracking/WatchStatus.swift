import Contract
import FoundationEssentials

/// What a watch has to say, in the form in which operators publish it: conditions of places, and events.
///
/// Times are seconds since the watch began.
public struct WatchStatus: Sendable, Equatable, Codable {
    /// Whether something is wrong with a node, a place or a service.
    public struct Condition: Sendable, Equatable, Codable {
        /// What it is about: the name of a node, a place, a link or a service.
        public var object: String
        /// What sort of object that is, such as `node` or `link`.
        public var sort: String
        /// The type, as conditions of nodes have it: `NetworkProblem`.
        public var type: String
        /// `True` while it is wrong, `False` when it is over.
        public var status: String
        /// Why, in a word, such as `Loss`.
        public var reason: String
        /// The evidence.
        public var message: String
        /// When the status last changed.
        public var lastTransition: Double
    }

    /// Something that happened.
    public struct Event: Sendable, Equatable, Codable {
        /// What it happened to.
        public var object: String
        /// `Warning` when something went wrong, `Normal` when it was over.
        public var type: String
        /// What, in a word, such as `LossBegan`.
        public var reason: String
        /// The evidence.
        public var message: String
        /// When.
        public var at: Double
    }

    /// The name of the artifact.
    public static let artifact = "watch-status.json"

    /// The latest of each object and reason.
    public var conditions: [Condition]
    /// All of them, by time.
    public var events: [Event]

    /// What a watch says now.
    public init(_ watch: Watch, windowSeconds: Double) {
        var conditions: [String: Condition] = [:]
        var events: [Event] = []
        for finding in watch.findings {
            let (sort, name) = watch.map.words(for: finding.cause.seat)
            let reason = Self.word(finding.cause.fault.rawValue)
            let message = finding.words(on: watch.map)
            let opened = Double(finding.opened + 1) * windowSeconds
            let ended = finding.ended.map { Double($0 + 1) * windowSeconds }
            conditions["\(sort) \(name) \(reason)"] = Condition(
                object: name, sort: sort, type: "NetworkProblem", status: ended == nil ? "True" : "False",
                reason: reason, message: message, lastTransition: ended ?? opened)
            events.append(
                Event(object: name, type: "Warning", reason: "\(reason)Began", message: message, at: opened))
            if let ended {
                events.append(
                    Event(object: name, type: "Normal", reason: "\(reason)Ended", message: message, at: ended))
            }
        }
        self.conditions = conditions.sorted { $0.key < $1.key }.map(\.value)
        self.events = events.sorted { $0.at < $1.at }
    }

    /// `listen-overflow` as `ListenOverflow`.
    private static func word(_ text: String) -> String {
        text.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The status as JSON, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads a status from its JSON.
    public init(json: String) throws {
        self = try JSONDecoder().decode(WatchStatus.self, from: Data(json.utf8))
    }
}

/// A probe plan that cannot be read or carried out.
public struct PlanError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The value that is wrong, such as `probe.messageSize`; empty when the whole text is.
    public let path: String
    /// What was found and what was expected.
    public let reason: String

    /// An error at this place of a plan.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    init(_ error: DecodingError) {
        let context: DecodingError.Context
        switch error {
        case .keyNotFound(let key, let found):
            let path = (found.codingPath + [key]).map(\.stringValue).joined(separator: ".")
            self.init(path: path, reason: "it is missing")
            return
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found):
            context = found
        @unknown default:
            self.init(path: "", reason: "\(error)")
            return
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        // Foundation reports a number that its type cannot hold in the same words as broken JSON, and without its path.
        let hint = path.isEmpty ? "; or a number in it, such as a port, is out of its range" : ""
        self.init(path: path, reason: context.debugDescription + hint)
    }

    /// The sentence for people.
    public var description: String {
        path.isEmpty
            ? "the probe plan is not understood: \(reason)"
            : "the probe plan is wrong at \(path): \(reason)"
    }
}

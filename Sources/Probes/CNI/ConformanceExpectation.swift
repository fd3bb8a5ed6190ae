import PodAttachment

/// What the specification says about an answer.
enum ConformanceExpectation: Sendable, Equatable {
    case success
    /// An error object with any code.
    case error
    /// An error object with one of the specification's codes.
    case code(Int64, String)

    var words: String {
        switch self {
        case .success: "success"
        case .error: "an error object"
        case .code(let code, let meaning): "error \(code): \(meaning)"
        }
    }

    func isMet(by reply: PluginReply) -> Bool {
        switch self {
        case .success: reply.succeeded
        case .error: reply.isProperError
        case .code(let code, _): reply.isProperError && reply.error?.code == code
        }
    }
}

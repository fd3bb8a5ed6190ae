import ContainerNetworking
import Contract
import Processes

/// How a plugin answered, without taking its word for anything; pure.
struct PluginReply: Sendable, Equatable {
    /// The plugin's error object.
    struct ErrorObject: Sendable, Equatable {
        var code: Int64
        var message: String
    }

    /// Whether it ended with 0.
    var succeeded: Bool
    /// The error object, where there is a well-formed one.
    var error: ErrorObject?
    /// For people.
    var words: String

    init(_ output: ProcessOutput) {
        succeeded = output.status.isSuccess
        if let value = try? JSONValue(parsing: output.standardOutput), case .integer(let code)? = value["code"],
            let message = value["msg"]?.string
        {
            error = ErrorObject(code: code, message: message)
        }
        if succeeded {
            words = "success"
        } else if let error {
            words = "error \(error.code): \(error.message.prefix(200))"
        } else {
            words = "\(output.status), and no error object"
        }
    }

    init(_ failure: CNIError) {
        succeeded = false
        words = failure.msg
    }

    /// Whether it failed as the specification wants failures: with an error object that has a code and a message.
    var isProperError: Bool { !succeeded && error.map { $0.code > 0 && !$0.message.isEmpty } == true }

    /// Judged against what the specification says.
    func finding(_ check: String, _ expectation: Expectation) -> ConformanceFinding {
        ConformanceFinding(
            check: check,
            expected: expectation.words,
            found: words,
            verdict: expectation.isMet(by: self) ? .conforms : .deviates
        )
    }

    /// What the specification says about an answer.
    enum Expectation: Sendable, Equatable {
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
}

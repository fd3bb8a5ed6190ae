public import ContainerNetworking
public import Processes

/// How a plugin answered, without taking its word for anything; pure.
public struct PluginReply: Sendable, Equatable {
    /// The plugin's error object.
    public struct ErrorObject: Sendable, Equatable {
        /// 1 to 99 are the specification's, 100 and more the plugin's own.
        public let code: Int64
        /// The plugin's words.
        public let message: String
    }

    /// Whether it ended with 0.
    public let succeeded: Bool
    /// The error object, where there is a well-formed one.
    public let error: ErrorObject?
    /// For people.
    public let words: String

    /// The answer of a plugin that ended.
    public init(_ output: ProcessOutput) {
        succeeded = output.status.isSuccess
        if let value = try? JSONValue(parsing: output.standardOutput), case .integer(let code)? = value["code"],
            let message = value["msg"]?.string
        {
            error = ErrorObject(code: code, message: message)
        } else {
            error = nil
        }
        if succeeded {
            words = "success"
        } else if let error {
            words = "error \(error.code): \(error.message.prefix(200))"
        } else {
            words = "\(output.status), and no error object"
        }
    }

    /// That there is no answer.
    public init(_ failure: CNIError) {
        succeeded = false
        error = nil
        words = failure.msg
    }

    /// Whether it failed as the specification wants failures: with an error object that has a code and a message.
    public var isProperError: Bool { !succeeded && error.map { $0.code > 0 && !$0.message.isEmpty } == true }
}

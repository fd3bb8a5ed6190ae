/// What a finished process wrote, and how it ended.
public struct ProcessOutput: Sendable, Equatable {
    /// The command that ran.
    public let command: Command

    /// Everything written to standard output; bytes that are not UTF-8 become U+FFFD.
    public let standardOutput: String

    /// Everything written to standard error; bytes that are not UTF-8 become U+FFFD.
    public let standardError: String

    /// How the process ended.
    public let status: ExitStatus

    /// Creates the outcome of a finished process.
    public init(command: Command, standardOutput: String, standardError: String, status: ExitStatus) {
        self.command = command
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.status = status
    }

    /// Returns the outcome itself when the process exited with code 0.
    ///
    /// - Throws: ``ProcessError/nonZeroExit(command:status:standardErrorTail:)`` for every other status.
    @discardableResult
    public func requireSuccess() throws(ProcessError) -> ProcessOutput {
        guard status.isSuccess else {
            var tail = TailBuffer(limit: 2048)
            tail.append(Array(standardError.utf8))
            throw .nonZeroExit(command: command.description, status: status, standardErrorTail: tail.text)
        }
        return self
    }
}

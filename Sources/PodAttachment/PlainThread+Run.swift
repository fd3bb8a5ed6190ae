import LinuxHost

extension PlainThread {
    /// Runs the body on a thread of its own and returns what it returns.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, PodError>
    ) async -> Result<Value, PodError> {
        await result(
            failure: { PodError(.system, operation: "start", object: "a thread", cause: $0.description) }, body)
    }
}

import LinuxHost

extension PlainThread {
    /// Runs the body on a thread of its own and returns what it returns.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, PodError>
    ) async -> Result<Value, PodError> {
        await run(
            refusal: PodError(
                .system, operation: "start", object: "a thread",
                cause: "no thread could be started: see the limit of processes (ulimit -u)"),
            body)
    }
}

extension PlainThread {
    /// Runs the body on a thread of its own and returns what it returns; `refusal` where the kernel gives no thread.
    public static func run<Value: Sendable, Failure: Error>(
        refusal: @autoclosure () -> Failure, _ body: @escaping @Sendable () -> Result<Value, Failure>
    ) async -> Result<Value, Failure> {
        await withCheckedContinuation { continuation in
            if !start({ continuation.resume(returning: body()) }) {
                continuation.resume(returning: .failure(refusal()))
            }
        }
    }
}

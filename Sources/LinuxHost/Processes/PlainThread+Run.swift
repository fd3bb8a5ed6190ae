extension PlainThread {
    /// Runs a body that returns a result on a fresh thread; `failure` makes its error of a thread that is not to be had.
    public static func result<Value: Sendable, Failure: Error>(
        failure: (HostError) -> Failure, _ body: @escaping @Sendable () -> Result<Value, Failure>
    ) async -> Result<Value, Failure> {
        do throws(Failure) {
            return .success(try await run(failure: failure) { () throws(Failure) in try body().get() })
        } catch {
            return .failure(error)
        }
    }
}

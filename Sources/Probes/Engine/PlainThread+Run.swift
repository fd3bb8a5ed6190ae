import Contract
import LinuxHost

extension PlainThread {
    /// Runs the body on a thread of its own and returns what it returns.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, ProbeFailure>
    ) async -> Result<Value, ProbeFailure> {
        do throws(ProbeFailure) {
            return .success(
                try await run(failure: { ProbeFailure(.system, $0.description) }) { () throws(ProbeFailure) in
                    try body().get()
                })
        } catch {
            return .failure(error)
        }
    }
}

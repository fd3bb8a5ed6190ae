import Contract
import LinuxHost

extension PlainThread {
    /// Runs the body on a thread of its own and returns what it returns.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, ProbeFailure>
    ) async -> Result<Value, ProbeFailure> {
        await result(failure: { ProbeFailure(.system, $0.description) }, body)
    }
}

import Contract
import LinuxHost

extension PlainThread {
    /// Runs the body on a thread of its own and returns what it returns.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, ProbeFailure>
    ) async -> Result<Value, ProbeFailure> {
        await run(
            refusal: ProbeFailure(.system, "no thread could be started: see the limit of processes (ulimit -u)"), body)
    }
}

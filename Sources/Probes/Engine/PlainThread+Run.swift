import Contract
import LinuxHost

extension PlainThread {
    /// Runs the body on a thread of its own and returns what it returns.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, ProbeFailure>
    ) async -> Result<Value, ProbeFailure> {
        await withCheckedContinuation { continuation in
            if !start({ continuation.resume(returning: body()) }) {
                let failure = ProbeFailure(
                    .system, "no thread could be started: see the limit of processes (ulimit -u)")
                continuation.resume(returning: .failure(failure))
            }
        }
    }
}

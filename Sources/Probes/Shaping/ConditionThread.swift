import LinuxHost
import TrafficShaping

/// Where conditions speak with the kernel: requests wait for it, which they do not do on the threads of tasks.
enum ConditionThread {
    /// The run's own process, and what it speaks through: none of it is changed.
    static var owners: [Int32] { RunMark.inherited.map { [$0.owner.pid] } ?? [] }

    /// Runs on a thread of its own.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(ShapingError) -> Value
    ) async throws(ProbeFailure) -> Value {
        do throws(ShapingError) {
            return try await PlainThread.run(failure: { ShapingError($0) }, body)
        } catch {
            throw ProbeFailure(error)
        }
    }

    /// The namespace that this process is in.
    static func namespace() throws(ShapingError) -> NetworkNamespace {
        do throws(HostError) {
            return try NetworkNamespace.current()
        } catch {
            throw ShapingError(error)
        }
    }
}

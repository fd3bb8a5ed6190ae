import Glibc

/// Work that waits for the kernel, on a thread of its own instead of the pool of tasks, with what it cost.
public enum BlockingThread {
    /// What the work returned, and the processor time of its thread.
    public struct Result<Value: Sendable>: Sendable {
        /// What it returned.
        public let value: Value
        /// In user mode, in seconds.
        public let userSeconds: Double
        /// In the kernel, in seconds.
        public let systemSeconds: Double
    }

    /// Runs the body on a fresh thread and waits for it; nil when the kernel gives no thread.
    public static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Result<Value>? {
        await withCheckedContinuation { continuation in
            let hasStarted = PlainThread.start {
                let value = body()
                // The thread did nothing else, so its times are those of the body (getrusage(2) with `RUSAGE_THREAD`).
                var usage = rusage()
                // Its number is 1; the C library hides the name.
                getrusage(__rusage_who_t(1), &usage)
                continuation.resume(
                    returning: Result(
                        value: value, userSeconds: seconds(usage.ru_utime), systemSeconds: seconds(usage.ru_stime)))
            }
            if !hasStarted { continuation.resume(returning: nil) }
        }
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}

import LinuxHost

/// Work that waits for the kernel, on a thread of its own instead of the pool of tasks, with what it cost.
enum KernelWork {
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(ServiceProxyError) -> Value
    ) async throws(ServiceProxyError) -> (value: Value, cost: Programming) {
        let start = Clock.monotonicNanoseconds()
        let (value, times) = try await PlainThread.run(failure: { ServiceProxyError($0) }) {
            () throws(ServiceProxyError) in
            let value = try body()
            // The thread did nothing else, so its times are those of the body.
            return (value, ThreadTimes.now())
        }
        var cost = Programming()
        cost.wallNanoseconds = Clock.monotonicNanoseconds() - start
        cost.userSeconds = times.userSeconds
        cost.systemSeconds = times.systemSeconds
        return (value, cost)
    }
}

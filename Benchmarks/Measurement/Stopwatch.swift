import LinuxHost

/// Times pieces of work on the monotonic clock.
enum Stopwatch {
    /// How many seconds the work took.
    static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let start = Clock.monotonicNanoseconds()
        try work()
        return Double(Clock.monotonicNanoseconds() - start) / 1e9
    }

    /// How many seconds the work took, and what it returned.
    static func time<Value>(
        _ work: nonisolated(nonsending) () async throws -> Value
    ) async rethrows -> (value: Value, seconds: Double) {
        let start = Clock.monotonicNanoseconds()
        let value = try await work()
        return (value, Double(Clock.monotonicNanoseconds() - start) / 1e9)
    }
}

import LinuxHost

extension Programming {
    /// Counts one more step.
    static func += (sum: inout Programming, step: Programming) { sum = sum + step }

    /// Works something out and counts the time that takes.
    mutating func planning<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        let start = Clock.monotonicNanoseconds()
        let value = try body()
        plannerNanoseconds += Clock.monotonicNanoseconds() - start
        return value
    }
}

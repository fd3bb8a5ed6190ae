import Contract
import Statistics

/// What the attempts of one check in one window came to.
struct CheckTally {
    private(set) var sent = 0
    private(set) var answered = 0
    private var failures: [CheckFailure: Int] = [:]
    private var times: [UInt64] = []
    private var shifts: [Int64] = []

    mutating func add(_ end: CheckEnd) {
        sent += 1
        switch end {
        case .answered(let nanoseconds, let shift):
            answered += 1
            times.append(nanoseconds)
            if let shift { shifts.append(shift) }
        case .failed(let reason): failures[reason, default: 0] += 1
        }
    }

    func window(of check: Int) -> CheckWindow {
        let sorted = shifts.sorted()
        return CheckWindow(
            check: check, sent: sent, answered: answered, failures: failures,
            shift: sorted.isEmpty ? nil : sorted[sorted.count / 2], times: LogBuckets.pairs(times))
    }
}

/// How one attempt ended.
enum CheckEnd: Equatable {
    /// The right answer came after so many nanoseconds; the other clock at arrival less this one at departure, where it is known.
    case answered(UInt64, shift: Int64?)
    /// It did not.
    case failed(CheckFailure)

    /// What a system call's answer says.
    static func of(_ code: Int32) -> CheckEnd { .failed(CheckFailure(code)) }
}

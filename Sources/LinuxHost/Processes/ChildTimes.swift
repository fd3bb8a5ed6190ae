import Glibc

/// Processor time of the children of this process that have ended and were waited for.
public struct ChildTimes: Sendable, Equatable {
    /// In user mode, in seconds.
    public let userSeconds: Double
    /// In the kernel, in seconds.
    public let systemSeconds: Double

    /// Both together, in seconds.
    public var seconds: Double { userSeconds + systemSeconds }

    /// What it is now (getrusage(2) with `RUSAGE_CHILDREN`).
    public static func now() -> ChildTimes {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        return ChildTimes(userSeconds: seconds(usage.ru_utime), systemSeconds: seconds(usage.ru_stime))
    }

    /// The time since an earlier reading; whatever other children used in the meantime is in it.
    public func since(_ earlier: ChildTimes) -> ChildTimes {
        ChildTimes(
            userSeconds: userSeconds - earlier.userSeconds, systemSeconds: systemSeconds - earlier.systemSeconds)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}

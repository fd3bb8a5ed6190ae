import Glibc

/// The processor time that a thread has taken: of one that does nothing else, what its work took.
public struct ThreadTimes: Sendable {
    /// In user mode, in seconds.
    public let userSeconds: Double
    /// In the kernel, in seconds.
    public let systemSeconds: Double

    /// Of the calling thread, since its start (getrusage(2) with `RUSAGE_THREAD`).
    public static func now() -> ThreadTimes {
        var usage = rusage()
        // Its number is 1; the C library hides the name.
        getrusage(__rusage_who_t(1), &usage)
        return ThreadTimes(userSeconds: seconds(usage.ru_utime), systemSeconds: seconds(usage.ru_stime))
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}

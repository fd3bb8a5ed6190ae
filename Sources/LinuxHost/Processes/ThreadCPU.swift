import Glibc

/// CPU time of the calling thread.
public enum ThreadCPU {
    /// User and system time in seconds since the thread began.
    ///
    /// clock_gettime(CLOCK_THREAD_CPUTIME_ID): the sum that getrusage(RUSAGE_THREAD) splits, in nanoseconds.
    public static func seconds() -> Double {
        var time = timespec()
        guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

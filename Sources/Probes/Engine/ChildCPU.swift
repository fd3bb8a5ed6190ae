import Glibc

/// CPU time of ended and awaited child processes.
enum ChildCPU {
    /// User and system time in seconds of all of them together, by getrusage(RUSAGE_CHILDREN).
    static func seconds() -> Double {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage) == 0 else { return 0 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}

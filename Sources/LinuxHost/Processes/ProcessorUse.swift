import Glibc

/// What this process has used.
public enum ProcessorUse {
    /// User and system time of all its threads in seconds (`CLOCK_PROCESS_CPUTIME_ID`).
    public static func seconds() -> Double {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Its resident memory in bytes: the second number of `/proc/self/statm`, in pages; 0 where that cannot be read.
    public static func residentBytes() -> Int {
        let words = ((try? HostFile.read("/proc/self/statm")) ?? "").split(separator: " ")
        guard words.count > 1, let pages = Int(words[1]) else { return 0 }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}

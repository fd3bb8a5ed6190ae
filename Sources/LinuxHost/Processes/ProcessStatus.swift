/// What `/proc` tells about one process.
public enum ProcessStatus {
    /// When the process was started, in clock ticks since boot; nil when there is none with this pid.
    ///
    /// Field 22 of `/proc/PID/stat` (proc(5)): together with the pid it names a process once and for all.
    public static func startTime(of pid: Int32) -> UInt64? { field(22, of: pid).flatMap { UInt64($0) } }

    /// The process that it is a child of; nil when there is none with this pid.
    static func parent(of pid: Int32) -> Int32? { field(4, of: pid).flatMap { Int32($0) } }

    /// The letter of its state, such as `S` for one that sleeps and `Z` for one that ended and was not waited for.
    static func state(of pid: Int32) -> String? { field(3, of: pid) }

    /// Whether there is a process with this pid that has not ended; one that nobody waited for has.
    public static func isRunning(_ pid: Int32) -> Bool {
        guard let state = state(of: pid) else { return false }
        return state != "Z" && state != "X"
    }

    /// A field of `/proc/PID/stat`, counted as in proc(5): from 1, and of those after the program's name.
    private static func field(_ number: Int, of pid: Int32) -> String? {
        guard let text = try? HostFile.read("/proc/\(pid)/stat") else { return nil }
        // The second field is the program's name in parentheses and may hold anything, blanks and parentheses too.
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > number - 3 ? String(fields[number - 3]) : nil
    }

    /// The high-water mark of this process's resident size in bytes, since its start or since ``startPeakAnew()``.
    public static func ownPeakBytes() -> UInt64? {
        HostFile.line("/proc/self/status").flatMap(peakBytes)
    }

    /// Sets the high-water mark of this process to what it has now (`/proc/self/clear_refs`); false where that is
    /// refused.
    public static func startPeakAnew() -> Bool {
        // 5 resets the mark and nothing else (proc(5)).
        (try? HostFile.write("5", to: "/proc/self/clear_refs")) != nil
    }

    /// The high-water mark of the resident size (`VmHWM` of `/proc/PID/status`) in bytes; nil where there is none.
    package static func peakBytes(in status: String) -> UInt64? {
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let words = line.dropFirst("VmHWM:".count).split { $0 == " " || $0 == "\t" }
            return words.count == 2 && words[1] == "kB" ? Kibibytes.bytes(words[0]) : nil
        }
        return nil
    }
}

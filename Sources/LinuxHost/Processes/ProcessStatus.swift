/// What `/proc` tells about one process.
public enum ProcessStatus {
    /// When the process was started, in clock ticks since boot; nil when there is none with this pid.
    ///
    /// Field 22 of `/proc/PID/stat` (proc(5)): together with the pid it names a process once and for all.
    public static func startTime(of pid: Int32) -> UInt64? {
        guard let text = try? HostFile.read("/proc/\(pid)/stat") else { return nil }
        // The second field is the program's name in parentheses and may hold anything, blanks and parentheses too.
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? UInt64(fields[19]) : nil
    }
}

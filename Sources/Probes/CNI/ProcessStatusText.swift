/// Reads the form of /proc/PID/status; pure.
enum ProcessStatusText {
    /// The line `VmHWM:  12345 kB` in bytes, or nil for a process without memory of its own.
    static func peakBytes(in status: String) -> UInt64? {
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count == 3, words[2] == "kB" else { return nil }
            return UInt64(words[1]).map { $0 * 1024 }
        }
        return nil
    }
}

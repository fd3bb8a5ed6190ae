/// Memory that can be had without anything being pushed out, by proc(5), /proc/meminfo.
public enum AvailableMemory {
    /// Bytes of the whole machine; nil where they cannot be read.
    public static func bytes() -> UInt64? {
        (try? HostFile.read("/proc/meminfo")).flatMap(bytes(in:))
    }

    package static func bytes(in text: String) -> UInt64? {
        for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
            let words = line.split(separator: " ")
            return words.count == 3 && words[2] == "kB" ? Kibibytes.bytes(words[1]) : nil
        }
        return nil
    }
}

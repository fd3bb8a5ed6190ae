import Foundation

/// How much memory a guest gets.
public enum GuestMemory {
    /// What ten thousand services need, in MiB.
    static let wanted = 4096
    private static let least = 512

    /// Four GiB, or three quarters of what the host has to spare (`MemAvailable`) when that is less; in MiB.
    public static func megabytes() -> Int {
        megabytes(meminfo: (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? "")
    }

    static func megabytes(meminfo: String) -> Int {
        for line in meminfo.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
            guard let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { break }
            return min(wanted, max(least, kibibytes / 1024 * 3 / 4))
        }
        return least
    }
}

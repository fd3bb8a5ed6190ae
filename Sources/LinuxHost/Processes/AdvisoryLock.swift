import Glibc

/// The kind of lock that programs keep each other out with (flock(2)), looked at from outside.
public enum AdvisoryLock {
    /// Waits until nobody holds the lock, and takes it for an instant to know: the time that took, in nanoseconds.
    ///
    /// Nil when somebody held it until `limit` had passed. Makes the file where there is none, as its users do.
    public static func wait(for path: String, atMost limit: Duration) async throws(HostError) -> UInt64? {
        let start = Clock.monotonicNanoseconds()
        let end = ContinuousClock.now + limit
        let file = open(path, O_CREAT | O_RDONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw HostError(
                operation: "open lock", object: path, errno: errno, hint: "Name a lock file in a directory that exists")
        }
        // Closing gives the lock back.
        defer { close(file) }
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EWOULDBLOCK || code == EINTR else {
                throw HostError(operation: "lock", object: path, errno: code, hint: "Look at the file system it is on")
            }
            guard ContinuousClock.now < end, !Task.isCancelled else { return nil }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return Clock.monotonicNanoseconds() - start
    }

    /// Who holds the lock, by `/proc/locks`: `process 4711 (iptables-restor)`, or nothing.
    public static func holders(of path: String) -> [String] {
        guard let inode = HostFile.inode(of: path), let text = HostFile.line("/proc/locks") else { return [] }
        return holders(ofInode: inode, in: text).map { process in
            HostFile.line("/proc/\(process)/comm").map { "process \(process) (\($0))" } ?? "process \(process)"
        }
    }

    /// Lines such as `1: FLOCK  ADVISORY  WRITE 14630 fe:00:16224584 0 EOF`; waiters have an arrow after the number.
    static func holders(ofInode inode: UInt64, in locks: String) -> [Int32] {
        locks.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 8, words[1] == "FLOCK", words[5].split(separator: ":").last == "\(inode)" else {
                return nil
            }
            return Int32(words[4])
        }
    }
}

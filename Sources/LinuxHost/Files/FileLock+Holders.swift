extension FileLock {
    /// Who holds the lock of a file, by `/proc/locks`: `process 4711 (iptables-restor)`, or nothing.
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

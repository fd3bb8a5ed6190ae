import Glibc

/// The programs that this process started.
enum AgentChildren {
    /// Sends SIGKILL to each of these children and to the process group that it leads.
    static func kill(_ processes: [Int32]) {
        for process in processes {
            // A child has a session of its own as soon as it has become the program.
            let target = getpgid(process) == process ? -process : process
            _ = Glibc.kill(target, SIGKILL)
        }
    }

    /// The children of all threads, by proc(5), /proc/self/task/TID/children.
    ///
    /// None where the kernel was built without CONFIG_PROC_CHILDREN.
    static func processes() -> [Int32] {
        guard let directory = opendir("/proc/self/task") else { return [] }
        defer { closedir(directory) }
        var processes: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard Int32(name) != nil else { continue }
            processes += numbers(in: "/proc/self/task/\(name)/children")
        }
        return processes
    }

    private static func numbers(in path: String) -> [Int32] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return [] }
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
    }
}

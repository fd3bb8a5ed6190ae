public import LinuxHost

/// Checks that nothing moved a thread of this process into another network namespace.
public enum HostNamespace {
    /// The namespace of the process: that of its first thread.
    public static func inode() throws(HostError) -> UInt64 {
        try NetworkNamespace.open(path: "/proc/self/ns/net").inode
    }

    /// The namespaces that many concurrent tasks find themselves in; more than one means that a thread leaked.
    public static func seenByTasks(_ count: Int = 64) async throws -> Set<UInt64> {
        try await withThrowingTaskGroup(of: UInt64.self) { group in
            for _ in 0..<count {
                group.addTask {
                    await Task.yield()
                    return try NetworkNamespace.current().inode
                }
            }
            return try await group.reduce(into: []) { $0.insert($1) }
        }
    }
}

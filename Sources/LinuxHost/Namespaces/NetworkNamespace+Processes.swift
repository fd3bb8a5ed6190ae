extension NetworkNamespace {
    /// The processes that are inside the namespaces with these names: process id to name of the namespace.
    ///
    /// Compares the inode of `/proc/PID/ns/net` with those in `/run/netns`; names that do not exist are passed over.
    public static func processes(in names: [String]) -> [Int32: String] {
        var nameOfInode: [UInt64: String] = [:]
        for name in names {
            guard let inode = HostFile.inode(of: path(named: name)) else { continue }
            nameOfInode[inode] = name
        }
        guard !nameOfInode.isEmpty else { return [:] }
        var found: [Int32: String] = [:]
        for entry in HostFile.names(in: "/proc") {
            guard let process = Int32(entry), let inode = HostFile.inode(of: "/proc/\(process)/ns/net") else {
                continue
            }
            if let name = nameOfInode[inode] { found[process] = name }
        }
        return found
    }
}

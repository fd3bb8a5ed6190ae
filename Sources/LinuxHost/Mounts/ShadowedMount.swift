import CLinux
import Glibc

/// Mounts that another mount covers: no path leads to them any more, and yet they hold what they are mounts of.
///
/// The first `ip netns add` of a machine binds `/run/netns` onto itself, and so covers every name that was mounted
/// there before. A file handle (open_by_handle_at(2)) leads to the directory as it is in the lower mount.
enum ShadowedMount {
    /// The directories, as mounts below have them, in which something is mounted on this path.
    static func holders(of path: String, in mounts: [MountEntry]) -> [(mount: MountEntry, directory: String)] {
        guard let slash = path.lastIndex(of: "/") else { return [] }
        let directory = path[..<slash]
        return mounts.filter { $0.mountPoint == path }.compactMap { entry in
            guard let parent = mounts.first(where: { $0.number == entry.parent }) else { return nil }
            let above = parent.mountPoint == "/" ? "" : parent.mountPoint
            guard directory == above || directory.hasPrefix(above + "/") else { return nil }
            return (parent, String(directory.dropFirst(above.utf8.count).drop { $0 == "/" }))
        }
    }

    /// Detaches everything that is mounted on the path in this mount namespace, covered or not, and removes the file
    /// that it was mounted on; 0, or the `errno` value of the last step that failed.
    static func detach(_ path: String) -> Int32 {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var failure: Int32 = 0
        // What is detached may uncover the next; a number of times that no honest machine reaches.
        for _ in 0..<64 {
            let holders = holders(of: path, in: MountEntry.all())
            if holders.isEmpty { return 0 }
            var hasDetached = false
            for holder in holders {
                failure = detach(name, from: holder)
                hasDetached = hasDetached || failure == 0
            }
            guard hasDetached else { return failure }
        }
        return failure == 0 ? EBUSY : failure
    }

    private static func detach(_ name: String, from holder: (mount: MountEntry, directory: String)) -> Int32 {
        var directory: Int32 = -1
        let opened = nm_open_under_mounts(holder.mount.mountPoint, holder.mount.number, holder.directory, &directory)
        guard opened == 0 else { return opened }
        defer { close(directory) }
        let code = nm_unmount_in(directory, name)
        // Where another file system covers the directory the name is in the lower one only.
        if code == 0 { unlinkat(directory, name, 0) }
        return code
    }
}

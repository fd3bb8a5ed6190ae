import CLinux
import Glibc

/// Directories of this user's own, in which nobody else can put anything.
public enum PrivateDirectory {
    /// Makes a directory, and those above it that are missing, for this user alone (mode 0700, whatever the umask is).
    ///
    /// What is there already has to be a directory of this user's that others cannot write into, and no link.
    public static func make(_ path: String) throws(HostError) {
        let components = path.split(separator: "/").map(String.init)
        guard path.hasPrefix("/"), let last = components.indices.last else {
            throw HostError(
                operation: "make directory", object: path, errno: 0, hint: "Write a path that begins with /")
        }
        var prefix = ""
        for (index, component) in components.enumerated() {
            prefix += "/\(component)"
            let isNew = mkdir(prefix, 0o700) == 0
            let code = errno
            if !isNew {
                var facts = stat()
                // What is above need not be ours: /run is root's, /tmp everybody's.
                if index < last, stat(prefix, &facts) == 0 { continue }
                guard code == EEXIST else { throw failure(prefix, code) }
            }
            if index == last || isNew { try check(prefix, isNew: isNew) }
        }
    }

    /// Refuses what is not a directory of this user's own.
    private static func check(_ path: String, isNew: Bool) throws(HostError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw failure(path, errno) }
        guard facts.st_uid == geteuid(), facts.st_mode & 0o022 == 0 else { throw failure(path, EPERM) }
        // mkdir(2) takes the umask's bits away.
        if isNew, fchmod(descriptor, 0o700) != 0 { throw failure(path, errno) }
    }

    private static func failure(_ path: String, _ code: Int32) -> HostError {
        let hint =
            switch code {
            case ELOOP, ENOTDIR: "A link or a file is in its place; remove that if you know where it came from"
            case EPERM:
                "It belongs to somebody else, or others may write to it; remove it if you know where it came from"
            case ENOSPC, EDQUOT: "Make room on its file system"
            default: "See that the directory above it exists and is writable"
            }
        return HostError(operation: "make directory", object: path, errno: code, hint: hint)
    }
}

import Glibc

/// A directory that stays the same one, whatever is renamed or linked around it: everything in it is reached from its
/// descriptor, by names without a slash, and through no link.
public final class HeldDirectory: Sendable {
    /// The path as it was given.
    public let path: String
    private let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens a directory that exists; links of other users on the way are refused.
    public static func open(_ path: String) throws(HostError) -> HeldDirectory {
        HeldDirectory(path: path, descriptor: try DirectoryWalk(path: path, makesMissing: false).open())
    }

    /// Opens a directory, and makes it and those above it where they are missing, with the mode 0755 at most.
    public static func make(_ path: String) throws(HostError) -> HeldDirectory {
        HeldDirectory(path: path, descriptor: try DirectoryWalk(path: path, makesMissing: true).open())
    }

    /// The path of a file in it.
    public func path(of name: String) -> String {
        path.utf8.last == UInt8(ascii: "/") ? path + name : "\(path)/\(name)"
    }

    /// The names in it, sorted, without `.` and `..`.
    public var names: [String] { HostFile.names(in: "/proc/self/fd/\(descriptor)") }

    /// Puts a file there that is whole or not there at all: an older one of that name stays until then.
    ///
    /// The bytes go into a new file of an unpredictable name (open(2), O_EXCL), which takes the name with rename(2)
    /// when they are on the disk. Neither call follows a link. The mode is 0644 at most.
    public func write(_ bytes: [UInt8], as name: String) throws(HostError) {
        try check(name, operation: "write")
        let temporary = Self.temporaryName()
        let file = openat(descriptor, temporary, Self.creating, 0o644)
        guard file >= 0 else { throw error("write", name, errno) }
        do throws(Errno) {
            do {
                defer { close(file) }
                FileMode.letOwnerUse(file, as: 0o600)
                try Self.fill(file, with: bytes)
            }
            guard renameat(descriptor, temporary, descriptor, name) == 0 else { throw Errno(code: errno) }
        } catch {
            unlinkat(descriptor, temporary, 0)
            throw self.error("write", name, error.code)
        }
    }

    /// Makes an empty file of the mode 0644 at most, for a program that opens it by its path; fails with EEXIST where
    /// anything is, a dangling link too.
    public func create(_ name: String) throws(HostError) {
        try check(name, operation: "create")
        let file = openat(descriptor, name, Self.creating, 0o644)
        guard file >= 0 else { throw error("create", name, errno) }
        FileMode.letOwnerUse(file, as: 0o600)
        close(file)
    }

    /// The first bytes of a regular file in it; nil for anything else, such as a link, a FIFO or a device.
    public func read(_ name: String, first count: Int) -> [UInt8]? {
        guard (try? check(name, operation: "read")) != nil else { return nil }
        // Without waiting, for a FIFO would wait for a writer.
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(count, 65_536))
        while bytes.count < count {
            let got = Glibc.read(file, &chunk, min(chunk.count, count - bytes.count))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { return nil }
            guard got > 0 else { break }
            bytes += chunk[..<got]
        }
        return bytes
    }

    /// Removes a file or a link, not what it leads to.
    public func remove(_ name: String) throws(HostError) {
        try check(name, operation: "remove")
        guard unlinkat(descriptor, name, 0) == 0 else { throw error("remove", name, errno) }
    }

    private static let creating = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC

    private static func temporaryName() -> String {
        // The system's generator cannot be foretold.
        ".netmachinery-\(String(UInt64.random(in: .min ... .max), radix: 36)).partial"
    }

    private static func fill(_ file: Int32, with bytes: [UInt8]) throws(Errno) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Errno(code: count < 0 ? errno : EIO) }
            rest = rest.dropFirst(count)
        }
        // What a file system accepts now and cannot keep is told here, while the older file still stands.
        while fsync(file) != 0 {
            if errno != EINTR { throw Errno(code: errno) }
        }
    }

    private func check(_ name: String, operation: String) throws(HostError) {
        guard !name.isEmpty, name != ".", name != "..",
            !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") })
        else {
            throw HostError(
                operation: operation, object: name, errno: 0, hint: "It is not the name of a file in \(path)"
            )
        }
    }

    private func error(_ operation: String, _ name: String, _ code: Int32) -> HostError {
        let hint =
            switch code {
            case ENOSPC, EDQUOT: "Make room, or name another place"
            case EACCES, EPERM, EROFS: "Name a directory that this user may write"
            case EISDIR, ENOTEMPTY, EEXIST: "Move away what is there, or name another place"
            default: ""
            }
        return HostError(operation: operation, object: path(of: name), errno: code, hint: hint)
    }
}

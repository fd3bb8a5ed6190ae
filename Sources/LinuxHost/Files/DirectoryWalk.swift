import CLinux
import Glibc

/// A way to a directory, gone step by step, so that nobody who owns a part of it can turn it to another place.
///
/// A symbolic link is followed when it belongs to root or to this user. Links of others are refused: whoever may write
/// a directory on the way could otherwise make a program of root's write anywhere.
struct DirectoryWalk {
    let path: String
    /// Whether directories that are missing are made.
    let makesMissing: Bool

    /// As many links as the kernel itself would follow (path_resolution(7)).
    private static let mostLinks = 40

    /// Opens the directory at the end of the way as a place for `…at` calls (O_PATH); the caller closes the descriptor.
    func open() throws(HostError) -> Int32 {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw error(EINVAL, "Give the path of a directory")
        }
        var steps = Self.steps(of: path)
        var current = try start(absolute: path.utf8.first == UInt8(ascii: "/"))
        var links = 0
        while let step = steps.popLast() {
            let here = current
            defer { close(here) }
            let next = try take(step, from: here)
            guard let target = try target(of: next, at: step) else {
                current = next
                continue
            }
            close(next)
            links += 1
            guard links <= Self.mostLinks else { throw error(ELOOP, "One of its links leads in a circle") }
            steps += Self.steps(of: target)
            if target.utf8.first == UInt8(ascii: "/") {
                current = try start(absolute: true)
            } else {
                // A relative link leads on from the directory that it is in.
                current = try find(".", from: here)
            }
        }
        return current
    }

    /// The names on a path, the last one first.
    private static func steps(of path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).reversed().map { String(decoding: $0, as: UTF8.self) }
    }

    private func start(absolute: Bool) throws(HostError) -> Int32 {
        try find(absolute ? "/" : ".", from: AT_FDCWD)
    }

    private func take(_ step: String, from directory: Int32) throws(HostError) -> Int32 {
        do throws(HostError) {
            return try find(step, from: directory)
        } catch {
            guard error.errno == ENOENT, makesMissing else { throw error }
        }
        // EEXIST: somebody made it in the meantime, and it is looked at as any other.
        guard mkdirat(directory, step, 0o755) == 0 || errno == EEXIST else { throw error(errno, Self.advice(errno)) }
        let made = try find(step, from: directory)
        FileMode.letOwnerUse(made, as: 0o700)
        return made
    }

    private func find(_ step: String, from directory: Int32) throws(HostError) -> Int32 {
        var descriptor: Int32 = -1
        let code = nm_path_open(directory, step, &descriptor)
        guard code == 0 else { throw error(code, Self.advice(code)) }
        return descriptor
    }

    /// Where a link that may be followed leads; nil for a directory.
    private func target(of descriptor: Int32, at step: String) throws(HostError) -> String? {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            let code = errno
            close(descriptor)
            throw error(code, Self.advice(code))
        }
        switch facts.st_mode & S_IFMT {
        case S_IFDIR:
            return nil
        case S_IFLNK where facts.st_uid == 0 || facts.st_uid == geteuid():
            var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
            // An empty path reads the link that the descriptor itself stands for (O_PATH).
            let count = readlinkat(descriptor, "", &bytes, bytes.count)
            if count > 0 { return String(decoding: bytes[..<count], as: UTF8.self) }
            close(descriptor)
            throw error(count < 0 ? errno : EINVAL, "")
        case S_IFLNK:
            close(descriptor)
            throw error(ELOOP, "\(step) is a symbolic link of another user; name the directory itself")
        default:
            close(descriptor)
            throw error(ENOTDIR, "\(step) is not a directory; name another place")
        }
    }

    private func error(_ code: Int32, _ hint: String) -> HostError {
        HostError(
            operation: makesMissing ? "make the directory" : "open the directory", object: path, errno: code, hint: hint
        )
    }

    private static func advice(_ code: Int32) -> String {
        switch code {
        case EACCES, EPERM, EROFS: "Name a directory that this user may write"
        case ENOSPC, EDQUOT: "Make room, or name another place"
        case ENOENT, ENOTDIR: "Check the path"
        default: ""
        }
    }
}

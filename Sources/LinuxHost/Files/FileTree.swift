import CLinux
import Glibc

/// Trees of files in which others write, too: walked and removed by descriptors, so that no link and no mount leads
/// out.
///
/// Below the directory that is named, everything is opened with openat2(2) beneath it; what is a link is taken for a
/// link.
public enum FileTree {
    /// An entry of a tree that was found.
    public struct Entry: Sendable, Hashable {
        /// Its path, beginning with that of the tree.
        public let path: String
        /// Its first bytes; empty for what is no regular file.
        public let head: [UInt8]
    }

    /// Directories in directories are looked into down to here; plugins do not keep their files any deeper.
    private static let deepest = 16

    /// Everything below a directory, sorted by path, with so many of the first bytes of regular files.
    ///
    /// Nothing is waited for: of pipes and devices only the name is taken. What is gone, or cannot be opened, is passed
    /// over.
    public static func entries(below root: String, headBytes: Int) -> [Entry] {
        let descriptor = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        return entries(in: descriptor, path: root, depth: 0, headBytes: headBytes)
    }

    private static func entries(in directory: Int32, path: String, depth: Int, headBytes: Int) -> [Entry] {
        let names = DirectoryNames.read(directory)
        defer { close(directory) }
        return names.flatMap { name -> [Entry] in
            let here = "\(path)/\(name)"
            var opened: Int32 = -1
            guard nm_open_beneath(directory, name, O_RDONLY | O_DIRECTORY, &opened) == 0 else {
                return [Entry(path: here, head: RegularFile.head(of: name, in: directory, bytes: headBytes))]
            }
            guard depth < deepest else {
                close(opened)
                return [Entry(path: here, head: [])]
            }
            return [Entry(path: here, head: [])]
                + entries(in: opened, path: here, depth: depth + 1, headBytes: headBytes)
        }
    }

    /// Removes one entry of a directory, with everything in it when it is a directory itself; what is not there is no
    /// error.
    ///
    /// `name` is one component. A link goes, what it points to stays; something that is mounted inside stays and is an
    /// error (`EXDEV` or `EBUSY`).
    public static func remove(_ name: String, in parent: String) throws(HostError) {
        let object = "\(parent)/\(name)"
        guard isComponent(name) else {
            throw HostError(
                operation: "remove", object: object, errno: 0, hint: "Only an entry of \(parent) itself can be removed")
        }
        // The parent is a directory of ours, and no link to somebody else's.
        let directory = Glibc.open(parent, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard directory >= 0 else {
            let code = errno
            if code == ENOENT { return }
            throw failure(object, code)
        }
        defer { close(directory) }
        let code = TreeRemoval(parent: directory, name: name).run()
        guard code == 0 || code == ENOENT else { throw failure(object, code) }
    }

    /// Whether a text can be the name of an entry in a directory: one component, and not the directory itself or the
    /// one above.
    public static func isComponent(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && name.utf8.count <= Int(NAME_MAX)
            && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }

    private static func failure(_ object: String, _ code: Int32) -> HostError {
        let hint =
            switch code {
            case EXDEV, EBUSY: "Something is mounted in it: see /proc/self/mountinfo, and detach it with umount"
            case ELOOP, ENOTDIR: "It was exchanged for a link or a file; see who did that before you remove it by hand"
            case EMFILE, ENFILE: "Raise the limit of open files"
            default: "See what is in it with `ls -lR`"
            }
        return HostError(operation: "remove", object: object, errno: code, hint: hint)
    }
}

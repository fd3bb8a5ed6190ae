import CLinux
import Glibc

/// Removes a directory with everything in it, level by level, with two descriptors however deep it is.
///
/// What is not empty one level down is moved up into the directory itself, and emptied in its turn. So only entries of
/// the directory are ever opened, by openat2(2).
struct TreeRemoval {
    /// The directory in which the entry is; stays open.
    let parent: Int32
    private let name: [CChar]

    init(parent: Int32, name: String) {
        self.parent = parent
        self.name = Array(name.utf8CString)
    }

    /// 0, or the `errno` value of what could not be removed.
    func run() -> Int32 {
        var directory: Int32 = -1
        switch nm_open_beneath(parent, name, O_RDONLY | O_DIRECTORY, &directory) {
        case 0: break
        // No directory: a link, a pipe or a file, of which the entry goes.
        case ENOTDIR, ELOOP: return Self.unlink(name, parent, 0)
        case let code: return code
        }
        defer { close(directory) }
        let code = empty(directory)
        guard code == 0 else { return code }
        return Self.unlink(name, parent, AT_REMOVEDIR)
    }

    private func empty(_ directory: Int32) -> Int32 {
        var moved = 0
        for _ in 0..<Self.mostRounds {
            let names = DirectoryNames.raw(directory)
            if names.isEmpty { return 0 }
            var failure: Int32 = 0
            var hasChanged = false
            for name in names {
                switch Self.removeEmptied(name, of: directory, &moved) {
                case .changed: hasChanged = true
                case .failed(let code): failure = code
                }
            }
            guard hasChanged else { return failure == 0 ? ENOTEMPTY : failure }
        }
        return ENOTEMPTY
    }

    /// A round for each level; more only when somebody goes on making files.
    private static let mostRounds = 100_000

    private enum Outcome {
        case changed
        case failed(Int32)
    }

    /// Removes the entry of a directory, after what is in it was removed or moved up.
    private static func removeEmptied(_ name: [CChar], of directory: Int32, _ moved: inout Int) -> Outcome {
        let first = unlink(name, directory, 0)
        // For a directory Linux says EISDIR, and POSIX EPERM (unlink(2)).
        guard first == EISDIR || first == EPERM else { return outcome(first) }
        let second = unlink(name, directory, AT_REMOVEDIR)
        // POSIX allows both for a directory that is not empty (rmdir(2)).
        guard second == ENOTEMPTY || second == EEXIST else { return outcome(second == ENOTDIR ? first : second) }
        var child: Int32 = -1
        let opened = nm_open_beneath(directory, name, O_RDONLY | O_DIRECTORY, &child)
        guard opened == 0 else { return outcome(opened) }
        defer { close(child) }
        var result = Outcome.failed(ENOTEMPTY)
        for entry in DirectoryNames.raw(child) {
            let code = unlink(entry, child, 0)
            if code == 0 || code == ENOENT {
                result = .changed
            } else if code == EISDIR || code == EPERM, unlink(entry, child, AT_REMOVEDIR) == 0 {
                result = .changed
            } else if moveUp(entry, from: child, to: directory, &moved) {
                result = .changed
            } else if case .failed = result {
                result = .failed(code == EISDIR ? EBUSY : code)
            }
        }
        _ = unlink(name, directory, AT_REMOVEDIR)
        return result
    }

    private static func moveUp(_ entry: [CChar], from child: Int32, to directory: Int32, _ moved: inout Int) -> Bool {
        // Names that are taken are passed over: renaming onto an entry would replace it.
        for _ in 0..<1000 {
            moved += 1
            let free = [CChar](".moved-\(moved)".utf8CString)
            var facts = stat()
            guard fstatat(directory, free, &facts, AT_SYMLINK_NOFOLLOW) != 0 else { continue }
            return renameat(child, entry, directory, free) == 0
        }
        return false
    }

    private static func outcome(_ code: Int32) -> Outcome {
        code == 0 || code == ENOENT ? .changed : .failed(code)
    }

    private static func unlink(_ name: [CChar], _ directory: Int32, _ flags: Int32) -> Int32 {
        unlinkat(directory, name, flags) == 0 ? 0 : errno
    }
}

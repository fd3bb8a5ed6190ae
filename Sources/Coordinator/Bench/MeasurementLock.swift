import Glibc
import LinuxHost

/// One run at a time measures on a machine: two would measure each other.
///
/// A ``LinuxHost/FileLock`` whose file says who holds it.
public final class MeasurementLock: Sendable {
    /// Why the lock was not taken.
    public enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        /// Another run holds it.
        case held(by: String)
        /// The file cannot be opened, or is not one that a lock of ours can be.
        case unusable(path: String, reason: String)

        /// What happened and what to do.
        public var description: String {
            switch self {
            case .held(let holder):
                "another run is measuring on this machine (\(holder)); wait for it, or end it with Ctrl-C"
            case .unusable(let path, let reason):
                "cannot lock \(path): \(reason); see that its directory exists and is writable"
            }
        }
    }

    private let lock: FileLock

    /// Takes the lock without waiting, and writes `holder` into the file for whoever is refused.
    public convenience init(path: String, holder: String) throws(Refusal) {
        try self.init(path: path, LockHolder(words: holder, owner: .current))
    }

    /// Takes the lock for a run of this process.
    convenience init(path: String, run: String) throws(Refusal) {
        try self.init(path: path, LockHolder(run: run))
    }

    private init(path: String, _ holder: LockHolder) throws(Refusal) {
        let lock = FileLock(try Self.open(path), of: path)
        let isOurs: Bool
        do throws(HostError) {
            isOurs = try lock.take()
        } catch {
            throw .unusable(path: path, reason: error.reason)
        }
        guard isOurs else { throw .held(by: Self.lastHolder(path: path)?.words ?? "") }
        // Not before the lock is ours, or whoever is refused would wipe out the holder's words.
        ftruncate(lock.descriptor, 0)
        let text = Array(holder.text.utf8)
        write(lock.descriptor, text, text.count)
        self.lock = lock
    }

    /// Who took the lock last; nil where there is no such file.
    static func lastHolder(path: String) -> LockHolder? {
        RegularFile.read(path, limit: longestText).map { LockHolder(text: String(decoding: $0, as: UTF8.self)) }
    }

    private static let longestText = 1_024

    /// The file, made where it is missing: a regular one of this user's or of root's, and no link to somebody else's.
    private static func open(_ path: String) throws(Refusal) -> Int32 {
        // O_NONBLOCK, for opening a FIFO in its place would wait for the other end.
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let descriptor = Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else {
            throw .unusable(path: path, reason: String(cString: strerror(errno)))
        }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_nlink == 1 else {
            close(descriptor)
            throw .unusable(path: path, reason: "it is not a file of its own")
        }
        guard facts.st_uid == geteuid() || facts.st_uid == 0 else {
            close(descriptor)
            throw .unusable(path: path, reason: "it belongs to another user")
        }
        return descriptor
    }
}

import Glibc

/// A lock on a file or a directory that one holder has at a time (flock(2)); it keeps out those who ask for it.
///
/// The kernel gives it back when its holder dies, however that dies.
public struct FileLock: ~Copyable, Sendable {
    /// The open file, for what a holder writes into it.
    public let descriptor: Int32
    private let object: String

    /// Takes over a file that is open, and closes it in the end; nobody is kept out yet.
    public init(_ descriptor: Int32, of object: String) {
        self.descriptor = descriptor
        self.object = object
    }

    /// Opens a file; nobody is kept out yet.
    public init(path: String, flags: Int32, mode: UInt32 = 0o600) throws(HostError) {
        let descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw HostError(
                operation: "open lock", object: path, errno: errno, hint: "Name a lock file in a directory that exists")
        }
        self.init(descriptor, of: path)
    }

    // Closing gives the lock back.
    deinit { close(descriptor) }

    /// Takes the lock unless somebody holds it: whether it is ours.
    public borrowing func take() throws(HostError) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EWOULDBLOCK { return false }
            guard code == EINTR else {
                throw HostError(
                    operation: "lock", object: object, errno: code, hint: "Look at the file system it is on")
            }
        }
        return true
    }

    /// Waits until the lock is ours, in a task; false when somebody held it until `limit` had passed, or it was
    /// cancelled.
    public borrowing func take(within limit: Duration) async throws(HostError) -> Bool {
        let end = ContinuousClock.now + limit
        while try !take() {
            guard ContinuousClock.now < end, !Task.isCancelled else { return false }
            // A task that waits inside flock(2) could not be cancelled, and would hold a thread of the pool.
            try? await Task.sleep(for: .milliseconds(1))
        }
        return true
    }

    /// The same on a thread that may wait.
    public borrowing func takeWaiting(within limit: Duration) throws(HostError) -> Bool {
        let end = ContinuousClock.now + limit
        while try !take() {
            guard ContinuousClock.now < end else { return false }
            usleep(1_000)
        }
        return true
    }
}

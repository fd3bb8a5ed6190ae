import Glibc

/// Holds the directory of a database, so that two programs that create one at the same moment take turns.
///
/// Switching a new file to WAL and creating its tables are several transactions; SQLite's locks cover each of them, not
/// all. `flock(2)` on the directory leaves no file behind and ends with the process.
struct DirectoryLock: ~Copyable {
    private let descriptor: Int32

    /// Waits for the lock; goes on without it where the file system has none, or after the deadline.
    init(of directory: String, deadline: Duration) {
        descriptor = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            return
        }
        let end = ContinuousClock.now.advanced(by: deadline)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < end else {
                return
            }
            usleep(2000)
        }
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
        }
    }
}

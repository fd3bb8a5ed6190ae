import Glibc
import LinuxHost

extension StoreFile {
    /// Waits until no other program is creating a database in the directory, so that two that do it at one moment take
    /// turns.
    ///
    /// Switching a new file to WAL and creating its tables are several transactions; SQLite's locks cover each of them,
    /// not all. The lock is on the directory, so that no file is left behind. Where the file system has no locks, or
    /// somebody holds it for too long, the store is opened all the same: what is left then is SQLite's own care.
    func waitForTurn() -> FileLock? {
        do throws(HostError) {
            let lock = try FileLock(path: directory, flags: O_RDONLY | O_DIRECTORY)
            _ = try lock.takeWaiting(within: .seconds(StoreConnection.busySeconds))
            return lock
        } catch {
            return nil
        }
    }
}

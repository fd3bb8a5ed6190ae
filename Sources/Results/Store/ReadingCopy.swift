import GRDB
import Glibc

/// A copy of a database for a user who may read it, but not make the files beside it that SQLite needs to read a WAL
/// database.
///
/// Those are there while somebody writes. When nobody does, the database and what is left of its log do not change.
struct ReadingCopy {
    private let directory: String

    /// Where the copy is.
    var path: String { "\(directory)/results.sqlite" }

    /// Whether reading in place would fail: this user may not write the directory, and nobody has made the shared
    /// memory.
    ///
    /// A medium that nobody can write is told as such.
    static func isNeeded(of path: String) -> Bool {
        access(StoreFile(path: path).directory, W_OK) != 0 && errno == EACCES && access("\(path)-shm", F_OK) != 0
    }

    /// Copies the database, and its log where there is one, into a directory that only this user can read.
    init(of path: String) throws {
        let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(temporary)/netmachinery-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Self.failure(path, errno) }
        directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        do {
            try Self.copy(path, to: self.path)
            let log = "\(path)-wal"
            if access(log, F_OK) == 0 { try Self.copy(log, to: "\(self.path)-wal") }
        } catch {
            remove()
            throw error
        }
    }

    /// Opens the copy, with the log moved into it, and every connection that will be needed, so that its files can go.
    func open() throws -> DatabasePool {
        let queue = try DatabaseQueue(path: path, configuration: StoreConnection.configuration(readOnly: false))
        // Leaving WAL moves the log into the file, which then is read without other files beside it.
        try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
        var configuration = StoreConnection.configuration(readOnly: true)
        configuration.maximumReaderCount = 1
        let pool = try DatabasePool(path: path, configuration: configuration)
        // Opens the one reader while the file still has a name.
        try pool.read { _ in }
        return pool
    }

    /// Takes the files away; what is open can be read on.
    func remove() {
        for name in [path, "\(path)-wal", "\(path)-shm", "\(path)-journal"] { unlink(name) }
        rmdir(directory)
    }

    private static func copy(_ source: String, to target: String) throws {
        let reader = Glibc.open(source, O_RDONLY | O_CLOEXEC)
        guard reader >= 0 else { throw failure(source, errno) }
        defer { close(reader) }
        let writer = Glibc.open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard writer >= 0 else { throw failure(target, errno) }
        defer { close(writer) }
        while true {
            // One call copies 2 GiB at most (sendfile(2)).
            let count = sendfile(writer, reader, nil, 1 << 30)
            if count == 0 { return }
            guard count > 0 else { throw failure(target, errno) }
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> StoreError {
        StoreError(
            code: code == ENOSPC || code == EDQUOT ? .full : .cannotOpen, operation: "copy the database for reading",
            object: path, reason: String(cString: strerror(code)),
            nextStep:
                "See that TMPDIR is a directory with room, or give this user the right to write the database's directory"
        )
    }
}

import GRDB
import Glibc
import LinuxHost

/// What is found at a path before the store opens it: everything that is not ours is left exactly as it is.
struct StoreFile {
    let path: String
    let operation = "open the database"

    /// The directory that holds the file.
    var directory: String {
        guard let separator = path.lastIndex(of: "/") else {
            return "."
        }
        return separator == path.startIndex ? "/" : String(path[..<separator])
    }

    /// Refuses what cannot be, or must not become, our database.
    func check(for mode: Store.Mode) throws(StoreError) {
        if mode == .readWrite, access(directory, W_OK) != 0 {
            throw error(
                .readOnly, "its directory cannot be written (\(String(cString: strerror(errno))))",
                "WAL and locks need files beside the database: give this user the right to write the directory, "
                    + "or name another file with --database"
            )
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            // A link to nothing would have a file made wherever it points.
            if code == ENOENT, isLink {
                throw error(
                    .cannotOpen, "it is a link to a file that is not there",
                    "Remove the link, or name another file with --database"
                )
            }
            guard code == ENOENT, mode == .readWrite else {
                throw error(
                    .cannotOpen, String(cString: strerror(code)),
                    "Check the path after --database; runs create the file, reading commands need it"
                )
            }
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw error(.cannotOpen, "it is not a regular file", "Name a file with --database")
        }
        guard access(path, R_OK) == 0 else {
            throw error(.cannotOpen, "this user may not read it", "Change its rights, or run as its owner")
        }
        if mode == .readWrite, access(path, W_OK) != 0 {
            throw error(
                .readOnly, "the file cannot be written (\(String(cString: strerror(errno))))",
                "Give this user the right to write it, or name another file with --database"
            )
        }
        guard status.st_size > 0 else {
            if mode == .readWrite, isLink {
                throw error(
                    .notADatabase, "it is a link to an empty file, which may be somebody else's",
                    "Remove the link, or name the file itself with --database"
                )
            }
            if mode == .readOnly {
                throw error(.notADatabase, "the file is empty", "Name another file with --database")
            }
            return
        }
        // SQLite takes a file shorter than its header for an empty database, and would overwrite it.
        guard status.st_size >= Self.smallestDatabase else {
            throw error(
                .notADatabase, "the file is not a SQLite database",
                "Nothing was changed; name another file with --database"
            )
        }
    }

    /// Refuses a file with something in it that is not our database; `reading` is where it is read, the file itself or
    /// a copy.
    func checkOwner(reading: String) throws(StoreError) {
        var status = stat()
        guard stat(reading, &status) == 0, status.st_size > 0 else { return }
        try checkMark(reading)
    }

    /// Makes the file, where there is none, as an empty one that SQLite fills; its log gets the same mode.
    ///
    /// Exclusively and not through a link; readable for all and writable for this user, unless the umask is stricter.
    func makeFile() throws(StoreError) {
        guard access(path, F_OK) != 0 else { return }
        do throws(HostError) {
            try ExclusiveFile.create(path)
        } catch {
            // Another program made it in the meantime.
            guard error.errno != EEXIST || isLink else { return }
            throw self.error(Self.code(for: error.errno), "\(error)", "Or name another file with --database")
        }
    }

    private var isLink: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    // One page of the smallest size.
    private static let smallestDatabase = 512

    /// Creates the directory, with its parents.
    func makeDirectory() throws(StoreError) {
        do throws(HostError) {
            _ = try HeldDirectory.make(directory)
        } catch {
            throw StoreError(
                code: Self.code(for: error.errno), operation: "create the directory", object: directory,
                reason: "\(error)", nextStep: "Create it by hand, or name another file with --database"
            )
        }
    }

    private static func code(for number: Int32) -> StoreError.Code {
        switch number {
        case EROFS, EACCES, EPERM: .readOnly
        case ENOSPC, EDQUOT: .full
        default: .cannotOpen
        }
    }

    /// Reads the mark of the owner through a reading connection, which also sees what is still in the WAL.
    private func checkMark(_ reading: String) throws(StoreError) {
        let (mark, isEmpty): (Int32, Bool)
        do {
            let queue = try DatabaseQueue(path: reading, configuration: StoreConnection.configuration(readOnly: true))
            (mark, isEmpty) = try queue.read { database in
                (
                    try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
                )
            }
            try queue.close()
        } catch {
            throw StoreError(error, .init(operation: operation, object: path, path: path))
        }
        guard mark == Schema.applicationID || (mark == 0 && isEmpty) else {
            throw error(
                .notOurs, "another program made this SQLite database (application id \(mark), not ours)",
                "Nothing was changed; name another file with --database"
            )
        }
    }

    private func error(_ code: StoreError.Code, _ reason: String, _ nextStep: String) -> StoreError {
        StoreError(code: code, operation: operation, object: path, reason: reason, nextStep: nextStep)
    }
}

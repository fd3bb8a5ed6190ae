import GRDB

extension StoreError {
    /// What a failed access was about, for the words of the error.
    struct Context {
        let operation: String
        let object: String
        let path: String

        init(operation: String, object: String, path: String) {
            self.operation = operation
            self.object = object.isEmpty ? "\"\"" : object
            self.path = path
        }
    }

    /// Puts whatever a database access threw into words; errors of the store itself pass unchanged.
    init(_ error: any Error, _ context: Context) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(
                code: .other, operation: context.operation, object: context.object, reason: "\(error)",
                nextStep: "This is a fault of the program or of the machine; please report it"
            )
            return
        }
        let (code, reason, nextStep) = Self.words(for: error, context)
        self.init(
            code: code, operation: context.operation, object: context.object, reason: reason, nextStep: nextStep
        )
    }

    private static func words(for error: DatabaseError, _ context: Context) -> (Code, String, String) {
        let message = error.message ?? "SQLite code \(error.extendedResultCode.rawValue)"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_ROWID:
            return (.duplicate, "it is in the database already (\(message))", "Use a new id")
        case .SQLITE_CONSTRAINT_FOREIGNKEY:
            return (
                .notFound, "the run that it belongs to is not in the database",
                "Begin the run first; it may have been deleted meanwhile"
            )
        // What a full file system looks like while the log or its index grows.
        case .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_WRITE:
            return full(message, context)
        default:
            return words(forPrimary: error.resultCode, message, context)
        }
    }

    private static func words(
        forPrimary code: ResultCode, _ message: String, _ context: Context
    ) -> (Code, String, String) {
        switch code {
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG:
            return (.invalidRecord, message, "docs/results.md lists what each column may hold")
        case .SQLITE_FULL:
            return full(message, context)
        case .SQLITE_READONLY, .SQLITE_PERM:
            return (
                .readOnly, message,
                "Give this user the right to write \(context.path) and its directory, "
                    + "or name another file with --database"
            )
        case .SQLITE_CANTOPEN, .SQLITE_AUTH:
            return (
                .cannotOpen, message,
                "Check that \(context.path) and its directory exist and can be read and written by this user; "
                    + "SQLite cannot read a WAL database on a read-only medium: copy it to a writable directory first"
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return (
                .busy, "another process kept it locked for \(StoreConnection.busySeconds) s",
                "Wait for the other run, or end the program that holds \(context.path) open (fuser names it)"
            )
        case .SQLITE_NOTADB:
            return (.notADatabase, "the file is not a SQLite database", "Name another file with --database")
        case .SQLITE_CORRUPT:
            return (
                .damaged, "the database is damaged (\(message))",
                "Save what can be read with: sqlite3 \(context.path) .recover"
            )
        default:
            return (.other, message, "The words are SQLite's; check the disk that holds \(context.path)")
        }
    }

    private static func full(_ message: String, _ context: Context) -> (Code, String, String) {
        (
            .full, "no space is left for it (\(message))",
            "Make room on the file system of \(context.path)"
        )
    }
}

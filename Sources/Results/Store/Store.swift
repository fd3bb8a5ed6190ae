import GRDB

/// The database of all runs: one SQLite file in WAL mode, documented in `docs/results.md`.
///
/// Every call is one transaction and is synchronous; it waits at most ten seconds for another process that is writing.
/// Several stores, in one process or in several, may read and write the same file. What a call has stored survives the
/// death of the process at any later moment (`synchronous = NORMAL`: not the last moments before a power failure).
///
/// Never call it from a thread that has entered another network namespace: GRDB runs on Dispatch queues.
public final class Store: Sendable {
    /// The path as it was given.
    public let path: String
    /// What it was opened for.
    public let mode: Mode
    let pool: DatabasePool

    private init(path: String, mode: Mode, pool: DatabasePool) {
        self.path = path
        self.mode = mode
        self.pool = pool
    }

    /// Opens the database; for `.readWrite` also creates directory, file and tables, and applies migrations.
    ///
    /// Refuses, and leaves untouched, what is not a database, not ours, or newer than this program.
    public static func open(at path: String, mode: Mode = .readWrite) throws(StoreError) -> Store {
        let file = StoreFile(path: path)
        if mode == .readWrite {
            try file.makeDirectory()
        }
        let turn = mode == .readWrite ? file.waitForTurn() : nil
        defer { _ = turn }
        try file.check(for: mode)
        do {
            if mode == .readOnly, ReadingCopy.isNeeded(of: path) {
                let copy = try ReadingCopy(of: path)
                defer { copy.remove() }
                try file.checkOwner(reading: copy.path)
                return try prepared(Store(path: path, mode: mode, pool: try copy.open()))
            }
            try file.checkOwner(reading: path)
            // SQLite would make it through a link, wherever that leads.
            if mode == .readWrite { try file.makeFile() }
            let configuration = StoreConnection.configuration(readOnly: mode == .readOnly)
            // GRDB's pool switches the file to WAL and sets synchronous = NORMAL, so readers never wait for a writer.
            let pool = try DatabasePool(path: path, configuration: configuration)
            return try prepared(Store(path: path, mode: mode, pool: pool))
        } catch {
            throw StoreError(error, .init(operation: file.operation, object: path, path: path))
        }
    }

    /// Closes every connection; the last one to close moves the WAL into the database file.
    ///
    /// Not needed for the safety of the data. No other call may be made afterwards.
    public func close() throws(StoreError) {
        do {
            // Closes the readers. GRDB closes its writer first, and a reader, as the last one, may not move the WAL.
            pool.releaseMemory()
            try pool.close()
        } catch {
            throw StoreError(error, .init(operation: "close the database", object: path, path: path))
        }
    }

    private static func prepared(_ store: Store) throws -> Store {
        try store.prepare()
        return store
    }

    private func prepare() throws {
        let migrator = Schema.migrator
        let (isNewer, isComplete, isReadable) = try pool.read { database in
            (
                try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database),
                try migrator.appliedIdentifiers(database).contains(Schema.oldestReadable)
            )
        }
        if isNewer {
            throw StoreError(
                code: .newer, operation: "open the database", object: path,
                reason: "a newer version of this program wrote it; this one knows schema version \(Schema.version)",
                nextStep: "Nothing was changed; use the newer program, or name another file with --database"
            )
        }
        guard !isComplete else {
            return
        }
        guard mode == .readWrite else {
            guard !isReadable else { return }
            throw StoreError(
                code: .older, operation: "open the database", object: path,
                reason: "it lacks tables of schema version \(Schema.oldestReadable), and reading may not add them",
                nextStep: "Open it once with a command that writes, such as run"
            )
        }
        try pool.write { database in
            // Before any table: a file with tables and without the mark would be taken for somebody else's.
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        }
        try migrator.migrate(pool)
    }

    /// One reading access, with its errors in words.
    func read<Value>(
        _ operation: String, _ object: String, _ body: (Database) throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw StoreError(error, .init(operation: operation, object: object, path: path))
        }
    }

    /// One writing transaction, with its errors in words.
    func write<Value>(
        _ operation: String, _ object: String, _ body: (Database) throws -> Value
    ) throws(StoreError) -> Value {
        guard mode == .readWrite else {
            throw StoreError(
                code: .readOnly, operation: operation, object: object,
                reason: "\(path) was opened for reading only", nextStep: "Open it for writing"
            )
        }
        do {
            return try pool.write(body)
        } catch {
            throw StoreError(error, .init(operation: operation, object: object, path: path))
        }
    }
}

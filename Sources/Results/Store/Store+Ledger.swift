import GRDB

extension Store {
    /// Writes down something that is about to be made, and returns the number of the entry.
    public func open(_ entry: LedgerEntry) throws(StoreError) -> Int64 {
        try write("write into the ledger", "\(entry.kind) \(entry.name)") { database in
            try Self.insert(entry, into: database)
        }
    }

    /// Writes down several things that are about to be made, in one transaction; returns the numbers in the same order.
    public func open(_ entries: [LedgerEntry]) throws(StoreError) -> [Int64] {
        try write("write into the ledger", "\(entries.count) things") { database in
            try entries.map { try Self.insert($0, into: database) }
        }
    }

    /// Strikes off something that is gone; striking off twice does no harm.
    public func close(entryID: Int64) throws(StoreError) {
        try close(entryIDs: [entryID])
    }

    /// Strikes off several things that are gone, in one transaction.
    public func close(entryIDs: [Int64]) throws(StoreError) {
        try write("strike off the ledger", entryIDs.map(String.init).joined(separator: ", ")) { database in
            let statement = try database.cachedStatement(sql: "DELETE FROM ledger WHERE id = ?")
            for id in entryIDs {
                try statement.execute(arguments: [id])
            }
        }
    }

    /// What exists and must be removed, in the order in which it was made; of one run, or everything.
    public func ledgerEntries(runID: String? = nil) throws(StoreError) -> [LedgerEntry] {
        try read("read the ledger of", path) { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM ledger WHERE ?1 IS NULL OR run_id = ?1 ORDER BY id", arguments: [runID]
            )
            .map(Rows.ledgerEntry)
        }
    }

    private static func insert(_ entry: LedgerEntry, into database: Database) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO ledger (run_id, kind, name, detail, boot_id, owner_pid, owner_start, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            entry.runID, entry.kind, entry.name, entry.detail, entry.bootID, entry.ownerPID,
            String(entry.ownerStart), entry.at.description,
        ])
        return database.lastInsertedRowID
    }
}

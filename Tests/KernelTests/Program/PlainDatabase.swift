import GRDB

/// A database as SQLite sees it, beside the program's own store.
enum PlainDatabase {
    /// Makes it look as a later version of this program would leave it.
    static func pretendNewer(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
    }

    /// What SQLite finds wrong with every page and index; `ok` alone when nothing is.
    static func integrity(of path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    }
}

import GRDB

/// A database as a later version of this program would leave it.
enum FutureDatabase {
    static func make(of path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
    }
}

import GRDB

/// The file as people with plain SQL see it: a connection that knows nothing of the store.
enum Plain {
    /// The rows of a SELECT, each as the text of its columns.
    static func rows(_ sql: String, in path: String) throws -> [[String]] {
        try DatabaseQueue(path: path).read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { value in
                    value.isNull ? "NULL" : value.storage.value.map { "\($0)" } ?? ""
                }
            }
        }
    }

    /// Executes statements that change the file.
    static func execute(_ sql: String, in path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: sql)
        }
        try queue.close()
    }
}

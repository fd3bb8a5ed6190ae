import Contract
import GRDB

/// The versions of the schema, in order; a version that has shipped is never edited, only followed by another.
enum Schema {
    /// `nmch` in ASCII: the mark in the file header (`PRAGMA application_id`) that says whose database it is.
    static let applicationID: Int32 = 0x6e6d_6368

    /// The newest version that this program knows, also in `PRAGMA user_version` for people with plain SQL.
    static let version = 4

    /// The oldest version that can be read without being brought up to date.
    static let oldestReadable = "1"

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: SchemaVersion1.sql)
            try database.execute(sql: "PRAGMA user_version = 1")
        }
        migrator.registerMigration("2") { database in
            try database.execute(sql: SchemaVersion2.columns)
            for name in try String.fetchAll(database, sql: "SELECT name FROM metrics") {
                try Inserts.identity(MetricCatalogue.id(of: name), of: name, into: database)
            }
            try database.execute(sql: SchemaVersion2.views)
            try database.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3") { database in
            try database.execute(sql: SchemaVersion3.columns)
            try database.execute(sql: SchemaVersion3.views)
            try database.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("4") { database in
            try database.execute(sql: SchemaVersion4.views)
            try database.execute(sql: "PRAGMA user_version = 4")
        }
        return migrator
    }
}

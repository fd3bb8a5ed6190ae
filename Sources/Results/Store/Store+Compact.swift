import GRDB
import Glibc

extension Store {
    /// Gives the room of what was deleted back to the file system: VACUUM, and then the WAL into the file.
    ///
    /// It needs as much free room as the file has, and waits for others who write.
    public func compact() throws(StoreError) {
        do {
            try pool.vacuum()
            // In WAL mode VACUUM writes into the log; the checkpoint after it makes the file smaller.
            try pool.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
        } catch {
            throw StoreError(error, .init(operation: "compact the database", object: path, path: path))
        }
    }

    /// The bytes that the file and its WAL have.
    public var fileSize: Int64 {
        [path, path + "-wal"].reduce(0) { sum, path in
            var facts = stat()
            return stat(path, &facts) == 0 ? sum + Int64(facts.st_size) : sum
        }
    }
}

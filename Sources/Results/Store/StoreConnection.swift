import GRDB

/// How every connection to the file is set up.
enum StoreConnection {
    /// How long a connection waits for another process that is writing.
    static let busySeconds = 10

    static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "results"
        configuration.readonly = readOnly
        // SQLite checks them only where a connection asks for it, for reasons of compatibility.
        configuration.foreignKeysEnabled = true
        // By itself SQLite does not wait, and answers SQLITE_BUSY at once.
        configuration.busyMode = .timeout(Double(busySeconds))
        configuration.maximumReaderCount = 4
        return configuration
    }
}

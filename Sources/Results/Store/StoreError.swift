/// Why the store could not do what was asked, with the way out.
public struct StoreError: Error, Sendable, Equatable {
    /// What kind of trouble it is; decides the exit code, never the words.
    public enum Code: String, Sendable, CaseIterable {
        /// The file is no SQLite database.
        case notADatabase
        /// A SQLite database that another program made.
        case notOurs
        /// Written by a newer version of this program.
        case newer
        /// Written by an older version, and opened for reading only, so that it cannot be brought up to date.
        case older
        /// File or directory absent, or without the rights that are needed.
        case cannotOpen
        /// The file, its directory or this store cannot be written.
        case readOnly
        /// No space is left.
        case full
        /// Someone else kept the database locked for longer than the busy timeout.
        case busy
        /// The file is a damaged database.
        case damaged
        /// An id that has to be new exists already.
        case duplicate
        /// Nothing has this id, prefix or label.
        case notFound
        /// Several runs match.
        case ambiguous
        /// A record that the schema does not allow.
        case invalidRecord
        /// A document that cannot be imported.
        case invalidDocument
        /// Things of the run are still in the ledger.
        case stillInLedger
        /// Anything else that SQLite reports.
        case other
    }

    /// What kind of trouble it is.
    public let code: Code
    /// What was being done, for example `record the trial`.
    public let operation: String
    /// What it was done to: a path or an id.
    public let object: String
    /// What went wrong.
    public let reason: String
    /// What to do about it.
    public let nextStep: String
}

extension StoreError: CustomStringConvertible {
    /// Operation, object, reason and next step in one line.
    public var description: String {
        "cannot \(operation) \(object): \(reason). \(nextStep)"
    }
}

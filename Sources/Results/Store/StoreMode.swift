extension Store {
    /// What a store is opened for.
    public enum Mode: Sendable, Equatable {
        /// Reading and writing; creates directory, file and schema where they are absent.
        case readWrite
        /// Reading only; the file has to exist.
        case readOnly
    }
}

/// One thing that a testbed makes and owns.
public struct LedgerItem: Sendable, Equatable {
    /// What kind of thing it is; it decides how it is removed.
    public enum Kind: String, Sendable, CaseIterable {
        /// A directory with everything in it.
        case directory
        /// A named network namespace, with the links, routes and processes in it.
        case namespace
        /// A pod's attachment to a network, undone by CNI DEL.
        case attachment
        /// A kernel guest, named by its directory: the emulator that runs it, and the directory.
        case guest
    }

    /// The kind of thing.
    public var kind: Kind
    /// Its name: a path or a namespace's name.
    public var name: String
    /// What removal needs beside the name: a value of the testbed's own, as JSON.
    public var detail: String?

    /// An item of this kind and name.
    public init(kind: Kind, name: String, detail: String? = nil) {
        self.kind = kind
        self.name = name
        self.detail = detail
    }
}

/// Something that exists because a run made it, and that has to be removed: a row of `ledger`.
///
/// Owner and boot tell a clean-up whether the maker may still be at work: a pid is the same process only when its start
/// time and the boot are the same, too.
public struct LedgerEntry: Sendable, Hashable, Codable {
    /// The number that the store gave to the entry; 0 before it was opened.
    public var id: Int64
    /// The run that made it; `nil` when it was no run, as with a lab.
    public var runID: String?
    /// What it is: `namespace`, `directory`, `process`, ….
    public var kind: String
    /// Which one it is: the name, path or number by which it is removed.
    public var name: String
    /// What removing it needs besides, as JSON.
    public var detail: String
    /// `/proc/sys/kernel/random/boot_id` of the boot in which it was made.
    public var bootID: String
    /// The process that made it.
    public var ownerPID: Int32
    /// When that process started, in clock ticks since the boot (field 22 of `/proc/PID/stat`).
    public var ownerStart: UInt64
    /// When the entry was written, which is before the thing was made.
    public var at: Timestamp

    /// Makes an entry for something that is about to be made.
    public init(
        id: Int64 = 0,
        runID: String?,
        kind: String,
        name: String,
        detail: String = "{}",
        bootID: String,
        ownerPID: Int32,
        ownerStart: UInt64,
        at: Timestamp = .now()
    ) {
        self.id = id
        self.runID = runID
        self.kind = kind
        self.name = name
        self.detail = detail
        self.bootID = bootID
        self.ownerPID = ownerPID
        self.ownerStart = ownerStart
        self.at = at
    }
}

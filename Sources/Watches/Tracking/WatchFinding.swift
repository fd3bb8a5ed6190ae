/// Something that was found to be wrong, from when to when.
public struct WatchFinding: Sendable, Equatable {
    /// What and where.
    public var cause: Cause
    /// The first window in which it was seen.
    public var began: Int
    /// The window at whose end it was certain.
    public var opened: Int
    /// The last window in which it was seen; nil while it goes on.
    public var ended: Int?
    /// What speaks for it.
    public var evidence: Evidence
}

/// How full the connection tracker of a network namespace is.
public struct ConntrackCounts: Sendable, Hashable {
    /// Connections that it has in this namespace.
    public let entries: Int
    /// How many a namespace may have; 0 is any number.
    public let limit: Int

    /// So many connections.
    public init(entries: Int, limit: Int) {
        self.entries = entries
        self.limit = limit
    }
}

/// What the connection tracker of a network namespace did since that was made.
public struct ConntrackLosses: Sendable, Hashable {
    /// Packets that were dropped since there was no room for their connections.
    public internal(set) var dropped: UInt64 = 0
    /// Connections that were forgotten early to make room for others.
    public internal(set) var evicted: UInt64 = 0
}

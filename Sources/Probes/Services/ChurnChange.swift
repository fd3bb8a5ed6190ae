import ServiceProxies

/// One endpoint that died and was replaced; nanoseconds from the start of the churn.
struct ChurnChange: Sendable, Equatable {
    /// When the old endpoint died, and the proxy was told.
    let diedAt: UInt64
    /// When the tool had returned.
    let returnedAt: UInt64
    /// The new endpoint.
    let successor: IPv4Address
}

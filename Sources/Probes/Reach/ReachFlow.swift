import Contract

/// One check that is under way: a descriptor, what it waits for, and what has come of it.
protocol ReachFlow: AnyObject {
    /// The check's id.
    var id: Int { get }
    /// What poll(2) watches; -1 before there is one, and between attempts.
    var descriptor: Int32 { get }
    /// Whether it waits to send, too.
    var waitsToSend: Bool { get }
    /// When it has to be looked at though nothing happened, on the monotonic clock.
    var wakesAt: UInt64 { get }

    /// Goes on with what has happened; the result ends it.
    func proceed(now: UInt64, isReady: Bool) -> ReachResult?

    /// What it has come to where its time is over, with the reason, and whether that is the deadline or somebody's wish.
    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult
}

extension ReachResult {
    /// The same of a check whose time was over: silence until then says nothing.
    func cutShort(_ reason: String) -> ReachResult {
        guard outcome == .timedOut else { return self }
        var result = self
        (result.outcome, result.reason) = (.couldNotTest, reason)
        return result
    }
}

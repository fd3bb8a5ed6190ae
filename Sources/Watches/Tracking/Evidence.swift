public import Contract

/// What speaks for a finding: sums over the windows in which its cause was seen.
public struct Evidence: Sendable, Equatable {
    /// The part of the packets that it hit, in the latest window, 0 to 1.
    public var share = 0.0
    /// By how much it made a window more likely, in nats, at most.
    public var gain = 0.0
    /// Packets on its way.
    public var trials = 0
    /// Those of them that came to grief.
    public var failures = 0
    /// Checks on its way, at most in one window.
    public var checks = 0
    /// Those of them that met it.
    public var failing = 0
    /// Why checks failed.
    public var reasons: [CheckFailure: Int] = [:]
    /// The kinds of checks that met it.
    public var kinds: Set<CheckKind> = []
    /// Which way at a node or a place: how often each was the likeliest.
    var ways: [Seat.Way: Int] = [:]
    /// What the kernel said, in words; empty where nothing did.
    public var words = ""
}

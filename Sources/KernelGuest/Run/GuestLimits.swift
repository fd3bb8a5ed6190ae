/// How long a guest is waited for.
public struct GuestLimits: Sendable, Equatable {
    /// From the start of QEMU to that of the command.
    public var boot: Duration
    /// From one sign of life to the next; init gives one every ten seconds.
    public var silence: Duration
    /// From the request to stop to the end of the command.
    public var stop: Duration
    /// The whole life of the guest.
    public var total: Duration

    /// Limits for a guest whose command takes at most so long; a translated one on a busy machine boots within a
    /// minute.
    public init(
        total: Duration,
        boot: Duration = .seconds(120),
        silence: Duration = .seconds(60),
        stop: Duration = .seconds(120)
    ) {
        self.boot = boot
        self.silence = silence
        self.stop = stop
        self.total = total
    }
}

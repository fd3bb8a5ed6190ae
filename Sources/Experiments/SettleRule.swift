/// When the machine counts as quiet between two trials.
public struct SettleRule: Sendable, Equatable {
    /// The largest share of all processors that may be busy, or stolen by the hypervisor, in the window.
    public var maximumBackground: Double
    /// How long is looked at.
    public var window: Duration
    /// How long it is waited for before the trial starts all the same, with an event that says so.
    public var patience: Duration

    /// A rule.
    public init(maximumBackground: Double, window: Duration, patience: Duration) {
        self.maximumBackground = maximumBackground
        self.window = window
        self.patience = patience
    }
}

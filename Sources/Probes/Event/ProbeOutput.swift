public import Contract

/// Where a probe's events go.
public protocol ProbeOutput: Sendable {
    /// Takes one event; called from any thread, one at a time.
    func emit(_ event: ProbeEvent)
}

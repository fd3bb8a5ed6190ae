/// Something that wants to hear how a run is going, such as a progress line.
public protocol RunObserver: Sendable {
    /// Takes one event; called in order, from one task at a time.
    func observe(_ event: RunEvent)
}

/// What happens in a run, for people.
public enum RunEvent: Sendable, Equatable {
    /// Networks, nodes and pods are being made.
    case settingUp(networks: [String], pods: Int)
    /// A trial begins: the k-th of at most n. How long all that is left takes is nil where others decide about its end.
    case trialStarted(number: Int, of: Int, variant: String, block: Int, timeLeft: Duration?)
    /// A trial ended without a measurement.
    case trialFailed(variant: String, outcome: String, reason: String)
    /// Something worth saying that is no failure.
    case remark(String)
    /// Everything is being removed.
    case tearingDown
}

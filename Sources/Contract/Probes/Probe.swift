/// Something that an agent can do, with its settings, which cross to the agent as JSON.
///
/// What carries it out stands in `Probes`, and the table there (`ProbeTable`) knows both.
public protocol Probe: Codable, Sendable, Equatable {
    /// The word that stands for the probe in a plan, such as `latency`.
    static var kind: String { get }

    /// Finds the first setting that cannot be carried out.
    func validate() throws(PlanError)
}

extension Probe {
    /// Every value of its settings can be carried out.
    public func validate() throws(PlanError) {}
}

extension Probe {
    /// Whether the other probe is of this kind and has the same settings.
    func isSame(as other: any Probe) -> Bool { (other as? Self) == self }
}

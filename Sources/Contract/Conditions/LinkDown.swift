/// Takes an interface down, as a cable that is pulled or a driver that resets; routes and addresses that go with it come back.
public struct LinkDown: Condition, Hashable {
    /// The word in a plan.
    public static let kind = "linkDown"

    /// The interface in the namespace of the agent.
    public var interface: String
    /// What was on the interface, as an agent told that is gone: it is brought up again with that, and nothing else is done.
    public var restoring: String?

    /// The name of the text in which an agent tells what was on the interface.
    public static let artifact = "link-before.txt"

    /// An interface that is down.
    public init(interface: String = "eth0", restoring: String? = nil) {
        self.interface = interface
        self.restoring = restoring
    }

    /// Such as `eth0 is down`.
    public var words: String { "\(interface) is down" }

    /// Nothing comes back.
    public var expectedEffect: ExpectedEffect? { ExpectedEffect(isSilence: true) }

    /// Brings it up with what was on it; where nobody told that, it never went down.
    public func remedy(told artifacts: [Artifact]) -> any Condition {
        LinkDown(
            interface: interface, restoring: artifacts.first { $0.name == Self.artifact }?.text ?? "")
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) { try InterfaceName.validate(interface, at: "probe.interface") }
}

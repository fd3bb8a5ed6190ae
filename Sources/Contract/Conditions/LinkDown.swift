/// Takes an interface down, as a cable that is pulled or a driver that resets; routes and addresses that go with it come back.
public struct LinkDown: Condition, Hashable {
    /// The word in a plan.
    public static let kind = "linkDown"

    /// The interface in the namespace of the agent.
    public var interface: String

    /// An interface that is down.
    public init(interface: String = "eth0") {
        self.interface = interface
    }

    /// Such as `eth0 is down`.
    public var words: String { "\(interface) is down" }

    /// Nothing comes back.
    public var expectedEffect: ExpectedEffect? { ExpectedEffect(isSilence: true) }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) { try InterfaceName.validate(interface, at: "probe.interface") }
}

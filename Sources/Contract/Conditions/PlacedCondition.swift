/// A condition and where it is applied.
public struct PlacedCondition: Sendable {
    /// What is changed.
    public var condition: any Condition
    /// Where.
    public var place: Place
    /// Where packets go to and come from by which its effect is measured.
    public var peer: Place?

    /// A condition at a place.
    public init(_ condition: any Condition, at place: Place, toward peer: Place? = nil) {
        self.condition = condition
        self.place = place
        self.peer = peer
    }

    /// For people: `load of 1 processor at bridge/node0`.
    public var words: String { "\(condition.words) at \(place)" }
}

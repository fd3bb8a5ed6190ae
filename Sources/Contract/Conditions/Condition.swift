/// Something that is changed at a place for a while, as data.
///
/// Whoever carries it out applies it, proves that it holds before it says `ready`, reports its effect, and undoes it when
/// it is stopped, at its deadline, or when nobody is left to stop it.
public protocol Condition: Probe {
    /// What it is, for people, such as `load of 1 processor`.
    var words: String { get }

    /// What it should do to packets between its place and a peer; nil where that is not what it is about.
    var expectedEffect: ExpectedEffect? { get }
}

extension Condition {
    /// None.
    public var expectedEffect: ExpectedEffect? { nil }
}

public import Quantities

/// Something that is changed at a place for a while, as data.
///
/// Whoever carries it out applies it, proves that it holds before it says `ready`, reports its effect, and undoes it when
/// it is stopped, at its deadline, or when nobody is left to stop it.
public protocol Condition: Probe {
    /// What it is, for people, such as `load of 1 processor`.
    var words: String { get }

    /// What it should do to packets between its place and a peer; nil where that is not what it is about.
    var expectedEffect: ExpectedEffect? { get }

    /// Packets to a peer that it changes, by which its effect can be measured; nil where there are none that can be sent.
    func traffic(toward peer: IPAddress) -> PathTraffic?

    /// What of the kernel it takes that not every kernel has.
    var kernelFeatures: Set<KernelFeature> { get }

    /// Programs that carry it out, such as `nft`.
    var programs: Set<String> { get }

    /// What undoes it in the hands of another agent where the one that held it was killed, with what that one had told.
    ///
    /// It is begun and stopped at once.
    func remedy(told artifacts: [Artifact]) -> any Condition

    /// How long it may take until it is in place, beyond the moment that an agent takes anyway.
    var longestStart: Duration { get }
}

extension Condition {
    /// None.
    public var expectedEffect: ExpectedEffect? { nil }

    /// Any datagrams.
    public func traffic(toward peer: IPAddress) -> PathTraffic? { PathTraffic() }

    /// Nothing that some kernels lack.
    public var kernelFeatures: Set<KernelFeature> { [] }

    /// None but ours.
    public var programs: Set<String> { [] }

    /// The same once more: whoever begins one clears away what others left who are gone, and undoes it at the stop.
    public func remedy(told artifacts: [Artifact]) -> any Condition { self }

    /// No time.
    public var longestStart: Duration { .zero }
}

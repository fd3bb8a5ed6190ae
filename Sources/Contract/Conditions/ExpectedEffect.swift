/// What a condition should do to packets between its place and a peer: what measurements are held against.
///
/// What is nil cannot be told from such measurements, as the effect of a filter that leaves them alone.
public struct ExpectedEffect: Sendable, Hashable {
    /// What it should add to a round trip, in seconds.
    public var addedRoundTrip: ClosedRange<Double>?
    /// The share of the packets it counts that it should lose.
    public var loss: Double?
    /// By how much the number of losses varies more than that of independent ones, as a factor of the variance.
    public var lossDispersion: Double

    /// An effect.
    public init(addedRoundTrip: ClosedRange<Double>? = nil, loss: Double? = nil, lossDispersion: Double = 1) {
        self.addedRoundTrip = addedRoundTrip
        self.loss = loss
        self.lossDispersion = lossDispersion
    }
}

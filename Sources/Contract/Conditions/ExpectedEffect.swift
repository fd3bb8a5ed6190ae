/// What a condition should do to packets between its place and a peer: what measurements are held against.
///
/// What is nil cannot be told from such measurements. Shares are of what goes to the peer and comes back.
public struct ExpectedEffect: Sendable, Hashable {
    /// What it should add to a round trip, in seconds.
    public var addedRoundTrip: ClosedRange<Double>?
    /// Whether it adds the same to every round trip, so that the quickest of them tells most: what others take longer is not its doing.
    public var isSteady: Bool
    /// The share of the packets it counts that it should lose.
    public var loss: Double?
    /// By how much the number of losses varies more than that of independent ones, as a factor of the variance.
    public var lossDispersion: Double
    /// Whether nothing of what it changes should come back.
    public var isSilence: Bool
    /// The share of requests without a whole answer: lost, or another than it was.
    public var spoiled: ClosedRange<Double>?
    /// The share of requests that come back more than once.
    public var duplicated: ClosedRange<Double>?
    /// The share of requests whose answer overtakes that of an earlier one.
    public var overtaking: ClosedRange<Double>?
    /// How fast packets should come, in bit/s with their Ethernet headers.
    public var rate: Double?

    /// An effect.
    public init(
        addedRoundTrip: ClosedRange<Double>? = nil, isSteady: Bool = false, loss: Double? = nil,
        lossDispersion: Double = 1, isSilence: Bool = false, spoiled: ClosedRange<Double>? = nil,
        duplicated: ClosedRange<Double>? = nil, overtaking: ClosedRange<Double>? = nil, rate: Double? = nil
    ) {
        self.addedRoundTrip = addedRoundTrip
        self.isSteady = isSteady
        self.loss = loss
        self.lossDispersion = lossDispersion
        self.isSilence = isSilence
        self.spoiled = spoiled
        self.duplicated = duplicated
        self.overtaking = overtaking
        self.rate = rate
    }

    /// Whether packets between the two ends can tell of it.
    public var isMeasurable: Bool {
        addedRoundTrip != nil || isSilence || spoiled != nil || duplicated != nil || overtaking != nil || rate != nil
    }
}

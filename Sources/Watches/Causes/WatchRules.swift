/// When something counts as wrong, and for how long it has to be so.
public struct WatchRules: Sendable, Equatable, Codable {
    /// Windows in which a cause has to be seen before it is a finding.
    public var openAfter: Int
    /// The number of latest windows among which they are counted, at most 64.
    public var openWithin: Int
    /// Windows without the cause, one after the other, before a finding is closed.
    public var closeAfter: Int
    /// The smallest part of the packets whose loss matters.
    public var leastLoss: Double
    /// The smallest part of the packets whose lateness matters.
    public var leastSlow: Double
    /// By how many nanoseconds more than its baseline a time is late.
    public var latencyExcess: UInt64
    /// As what multiple of its baseline a time is late; both have to be.
    public var latencyFactor: Double
    /// Windows that a baseline is learned from before anything is late.
    public var baselineWindows: Int
    /// The part of the packets that is lost where nothing is wrong.
    public var noise: Double
    /// The part of the packets that is late where nothing is wrong.
    public var slowNoise: Double
    /// How much more likely than chance a cause has to make what was seen, in nats beside the logarithm of the number of checks.
    public var confidence: Double
    /// From which part on the connection tracker counts as full.
    public var trackedShare: Double
    /// From how many drops of a link in a window they matter.
    public var linkDrops: Int
    /// How many nanoseconds an agent may be late: what a later one did not answer says nothing of the network.
    public var agentLateness: UInt64

    /// Rules; what is not given is what the documents say.
    public init(
        openAfter: Int = 2, openWithin: Int = 3, closeAfter: Int = 3, leastLoss: Double = 0.03,
        leastSlow: Double = 0.3, latencyExcess: UInt64 = 2_000_000, latencyFactor: Double = 2,
        baselineWindows: Int = 3, noise: Double = 0.001, slowNoise: Double = 0.03, confidence: Double = 5,
        trackedShare: Double = 0.9, linkDrops: Int = 50, agentLateness: UInt64 = 200_000_000
    ) {
        self.openAfter = openAfter
        self.openWithin = min(max(openWithin, openAfter), 64)
        self.closeAfter = closeAfter
        self.leastLoss = leastLoss
        self.leastSlow = leastSlow
        self.latencyExcess = latencyExcess
        self.latencyFactor = latencyFactor
        self.baselineWindows = baselineWindows
        self.noise = noise
        self.slowNoise = slowNoise
        self.confidence = confidence
        self.trackedShare = trackedShare
        self.linkDrops = linkDrops
        self.agentLateness = agentLateness
    }
}

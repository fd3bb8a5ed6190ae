import Quantities

/// What a bad link does to packets; what is nil it does not do.
public struct LinkImpairment: Codable, Sendable, Hashable {
    /// Packets are held back.
    public var delay: PacketDelay?
    /// Packets are lost.
    public var loss: PacketLoss?
    /// Packets arrive twice.
    public var duplicate: PacketShare?
    /// One bit of a packet is turned round; what has a checksum is then dropped by its receiver.
    public var corrupt: PacketShare?
    /// Packets overtake others.
    public var reorder: PacketReordering?
    /// Packets leave one after the other.
    public var rate: LinkRate?
    /// The most packets that wait at once, those that are held back among them; further ones are lost.
    ///
    /// Nil is enough for the rest.
    public var limit: Int?
    /// Packets leave in bunches.
    public var slots: DeliverySlots?
    /// What the kernel's random choices come from, so that they can be repeated; kernels before 6.6 refuse it.
    public var seed: UInt64?

    /// A link that does nothing to packets, unless something is said.
    public init(
        delay: PacketDelay? = nil,
        loss: PacketLoss? = nil,
        duplicate: PacketShare? = nil,
        corrupt: PacketShare? = nil,
        reorder: PacketReordering? = nil,
        rate: LinkRate? = nil,
        limit: Int? = nil,
        slots: DeliverySlots? = nil,
        seed: UInt64? = nil
    ) {
        self.delay = delay
        self.loss = loss
        self.duplicate = duplicate
        self.corrupt = corrupt
        self.reorder = reorder
        self.rate = rate
        self.limit = limit
        self.slots = slots
        self.seed = seed
    }

    /// What it does, for people: `10ms delay, 1% loss`.
    public var words: String {
        var parts: [String] = []
        if let delay {
            let jitter = delay.jitterNanoseconds > 0 ? " ± \(Self.time(delay.jitterNanoseconds))" : ""
            parts.append("\(Self.time(delay.nanoseconds))\(jitter) delay")
        }
        switch loss {
        case nil: break
        case .random(let share): parts.append("\(Self.share(share.share)) loss")
        case .gilbertElliott(let chain): parts.append("\(Self.share(chain.share)) loss in bursts")
        case .fourStates: parts.append("loss in bursts")
        }
        if let duplicate { parts.append("\(Self.share(duplicate.share)) duplicates") }
        if let corrupt { parts.append("\(Self.share(corrupt.share)) corruption") }
        if let reorder { parts.append("\(Self.share(reorder.share)) reordering") }
        if let rate { parts.append("\(BitRate(bitsPerSecond: rate.bitsPerSecond)) rate") }
        if slots != nil { parts.append("slots") }
        if let limit { parts.append("room for \(limit) packets") }
        return parts.joined(separator: ", ")
    }

    private static func time(_ nanoseconds: UInt64) -> TimeSpan { TimeSpan(nanoseconds: Int64(clamping: nanoseconds)) }
    /// Shares of chains are worked out, and have digits that nobody wrote.
    private static func share(_ share: Double) -> Ratio { Ratio(fraction: (share * 1e9).rounded() / 1e9) }

    func validate(at path: String) throws(PlanError) {
        try delay?.validate(at: "\(path).delay")
        try loss?.validate(at: "\(path).loss")
        try duplicate?.validate(at: "\(path).duplicate")
        try corrupt?.validate(at: "\(path).corrupt")
        try reorder?.validate(at: "\(path).reorder")
        try rate?.validate(at: "\(path).rate")
        try slots?.validate(at: "\(path).slots")
        if let limit { try LinkRate.check(limit, in: 1...10_000_000, "\(path).limit") }
        if reorder != nil, delay == nil {
            throw PlanError(path: "\(path).reorder", reason: "needs a delay: there is nothing to overtake without one")
        }
        guard !words.isEmpty else {
            throw PlanError(
                path: path, reason: "does nothing; say at least one of delay, loss, duplicate, corrupt, rate, slots")
        }
    }
}

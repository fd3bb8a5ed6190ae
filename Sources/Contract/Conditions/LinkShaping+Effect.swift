public import Quantities

extension LinkShaping {
    /// Below what was asked a delay may be so much of it, or so many seconds, whichever is more: timers of the kernel are exact.
    private static let tolerance = (share: 0.02, seconds: 0.0003)
    /// Above it there is the time of a busy or emulated processor, too.
    private static let slack = (share: 0.1, seconds: 0.003)
    /// The bytes of a packet by which a delay is measured, with its headers.
    private static let smallPacket = 106.0

    /// What happens on the way to a peer and back to the packets that it changes.
    public var expectedEffect: ExpectedEffect? {
        var effect = ExpectedEffect(
            addedRoundTrip: addedRoundTrip, isSteady: impairment.delay?.jitterNanoseconds == 0)
        if let rate = impairment.rate, rate.packetOverhead == 0, rate.cellSize == 0, impairment.slots == nil {
            effect.rate = rate.bitsPerSecond
        }
        // Where there is no room, packets are lost on top, and the counter does not say why.
        guard impairment.limit == nil, impairment.rate == nil else { return effect }
        switch impairment.loss {
        case .random(let share) where share.correlation == 0: effect.loss = share.share
        case .gilbertElliott(let chain):
            effect.loss = chain.share
            effect.lossDispersion = chain.dispersion
        case .random, .fourStates, nil: break
        }
        addShares(to: &effect)
        return effect
    }

    /// Packets that its filters take.
    public func traffic(toward peer: IPAddress) -> PathTraffic? {
        PathTraffic(filters, exempt: exempt, toward: peer)
    }

    /// How often a packet and its answer are shaped.
    private var times: Double { direction == .both ? 2 : 1 }

    private var addedRoundTrip: ClosedRange<Double>? {
        // Packets that overtake, and turns that are waited for, come at other times than the delay says.
        guard let delay = impairment.delay, impairment.reorder == nil, impairment.slots == nil else { return nil }
        let (mean, jitter) = (Double(delay.nanoseconds) / 1e9 * times, Double(delay.jitterNanoseconds) / 1e9 * times)
        let least = mean - max(mean * Self.tolerance.share, Self.tolerance.seconds * times) - jitter
        let sending = impairment.rate.map { Self.smallPacket * 8 / $0.bitsPerSecond * times } ?? 0
        return least...(mean + max(mean * Self.slack.share, Self.slack.seconds * times) + jitter * 2 + sending)
    }

    /// Only where each choice is made by itself: correlated ones of the kernel have another share than they are asked for.
    private func addShares(to effect: inout ExpectedEffect) {
        func overall(_ share: Double) -> Double { share >= 1 ? 1 : 1 - pow(1 - share, Int(times)) }
        func isPlain(_ share: PacketShare?) -> Bool { (share?.correlation ?? 0) == 0 }
        let isLossKnown = impairment.loss == nil || effect.loss != nil
        let lost = effect.loss ?? 0
        let corrupted = impairment.corrupt?.share ?? 0
        if isLossKnown, isPlain(impairment.corrupt), lost + corrupted > 0 {
            // A packet of which one copy is lost may come by the other one.
            let doubled = impairment.duplicate?.share ?? 0
            let most = overall(1 - (1 - lost) * (1 - corrupted))
            effect.spoiled = most * (1 - doubled)...most
        }
        if let share = impairment.duplicate, isPlain(share), isLossKnown, isPlain(impairment.corrupt) {
            let whole = (1 - lost) * (1 - corrupted)
            let most = overall(share.share)
            effect.duplicated = most * pow(whole, 2 * Int(times))...most
        }
        if let reorder = impairment.reorder, reorder.correlation == 0, impairment.delay?.jitterNanoseconds == 0,
            direction != .both, isLossKnown, lost == 0
        {
            // After one that overtakes, `gap` - 1 do not; then each does with its share.
            let share = 1 / (Double(reorder.gap - 1) + 1 / reorder.share)
            // The very first of all delayed ones has nobody to overtake.
            effect.overtaking = share * 0.95...share
        }
    }

    /// Without the functions of a C library.
    private func pow(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}

extension PacketLoss.GilbertElliott {
    /// The variance of the number of losses beside that of independent ones of the same share.
    ///
    /// States that follow each other are correlated by 1 - p - r; the losses by no more.
    var dispersion: Double {
        let correlation = max(0, 1 - toBad - toGood)
        return correlation < 1 ? (1 + correlation) / (1 - correlation) : .infinity
    }
}

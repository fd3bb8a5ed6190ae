extension LinkShaping {
    /// Below what was asked a delay may be so much of it, or so many seconds, whichever is more: timers of the kernel are exact.
    private static let tolerance = (share: 0.02, seconds: 0.0003)
    /// Above it there is the time of a busy or emulated processor, too.
    private static let slack = (share: 0.1, seconds: 0.003)

    /// The delay on the way to a peer and back, and the share that is lost.
    ///
    /// Nothing where only some packets are shaped, for those that measure may not be among them.
    public var expectedEffect: ExpectedEffect? {
        guard filters.isEmpty, exempt.isEmpty else { return nil }
        var effect = ExpectedEffect(addedRoundTrip: addedRoundTrip)
        // Where there is no room, packets are lost on top, and the counter does not say why.
        if impairment.limit == nil, impairment.rate == nil {
            switch impairment.loss {
            case .random(let share) where share.correlation == 0: effect.loss = share.share
            case .gilbertElliott(let chain):
                effect.loss = chain.share
                effect.lossDispersion = chain.dispersion
            case .random, .fourStates, nil: break
            }
        }
        return effect
    }

    private var addedRoundTrip: ClosedRange<Double>? {
        // Packets that overtake, and turns that are waited for, come at other times than the delay says.
        guard let delay = impairment.delay, impairment.reorder == nil, impairment.slots == nil else { return nil }
        let times = direction == .both ? 2.0 : 1.0
        let (mean, jitter) = (Double(delay.nanoseconds) / 1e9 * times, Double(delay.jitterNanoseconds) / 1e9 * times)
        let least = mean - max(mean * Self.tolerance.share, Self.tolerance.seconds * times) - jitter
        return least...(mean + max(mean * Self.slack.share, Self.slack.seconds * times) + jitter * 2)
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

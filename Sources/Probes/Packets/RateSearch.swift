import Contract

/// Looks for the highest rate that loses less than a limit, step by step; pure.
///
/// The first step goes as fast as it can, and says where to look. A rate that fails closely is tried once more, since a machine
/// that was busy for a moment loses packets, too. While no rate was kept they become lower in growing strides, and then the
/// distance to the lowest that failed is halved, until it is 1 %, or the steps are used up. Above a rate that was kept they become higher in growing strides
/// as long as those are shorter: what came of a flood is seldom far from what passes.
struct RateSearch: Sendable {
    /// What one step found.
    struct Step: Sendable, Equatable {
        /// Datagrams per second that were sent.
        var rate: Double
        /// Those that came, of as many as went.
        var received: Double
        /// The share that did not come.
        var loss: Double
        /// Whether the sender was slower than it was told.
        var isGeneratorLimited = false
    }

    /// What to do next.
    enum Move: Sendable, Equatable {
        /// Send as many as go.
        case flood
        /// Send at this rate.
        case pace(Double)
        /// Nothing more.
        case end(End)
    }

    /// What a search comes to.
    enum End: Sendable, Equatable {
        case found(Found)
        /// No rate was kept; the lowest that was tried, and what was lost there.
        case neverKept(rate: Double, loss: Double)
        /// So few packets go in a step that a loss at the limit could not be told from none.
        case tooShort(lowest: Double, rate: Double)
    }

    /// The highest rate.
    struct Found: Sendable, Equatable {
        /// Datagrams per second.
        var rate: Double
        /// The share that was lost at it.
        var loss: Double
        /// The lowest rate that was not kept; nil where there was none.
        var failed: Double?
        /// Whether faster could not be sent.
        var isGeneratorLimited: Bool
    }

    /// The bracket is narrow enough where its ends differ by less.
    static let resolution = 1.01
    /// A loss of more than this, and of more than three times the limit, is not tried again: no moment's disturbance loses so many.
    private static let clear = 0.02

    private let limit: Double
    private let lowest: Double
    private var kept: Step?
    private var failed: Step?
    private var downward = 2.0
    private var upward = 1.03
    private var asked: Double?
    private var isSecond = false
    /// Steps that were taken.
    private(set) var steps = 0

    /// A search by steps of so many seconds.
    init(lossBelow limit: Double, stepSeconds: Double) {
        self.limit = limit
        lowest = PacketProbe.datagramsPerLoss / limit / stepSeconds
    }

    /// The first move.
    static let first = Move.flood

    /// What to do after a step.
    mutating func next(after step: Step) -> Move {
        steps += 1
        let isKept = step.loss < limit
        guard let asked else {
            // Faster than this nothing can be sent.
            if isKept { return .end(.found(found(step, isGeneratorLimited: true))) }
            failed = step
            return start(step)
        }
        if isKept {
            if step.isGeneratorLimited {
                if !isSecond, steps < PacketProbe.mostSteps { return again(asked) }
                if step.rate > kept?.rate ?? 0 { kept = step }
                return end(isGeneratorLimited: true)
            }
            if let kept, step.rate <= kept.rate {
                // A little slower than asked, and so nothing new.
                return isSecond || steps == PacketProbe.mostSteps ? end(isGeneratorLimited: true) : again(asked)
            }
            kept = step
        } else {
            let isClose = step.loss < max(limit * 3, Self.clear) || step.isGeneratorLimited
            if !isSecond, isClose, steps < PacketProbe.mostSteps { return again(asked) }
            var step = step
            // What was sent with interruptions says nothing of a steady rate that is as high.
            step.rate = asked
            failed = step
        }
        return narrow()
    }

    private mutating func again(_ rate: Double) -> Move {
        isSecond = true
        return .pace(rate)
    }

    /// What came while everything was sent is a guess of what passes.
    private mutating func start(_ flood: Step) -> Move {
        guard flood.rate > lowest * Self.resolution else { return .end(.tooShort(lowest: lowest, rate: flood.rate)) }
        return pace(min(max(flood.received * 0.98, lowest), flood.rate / Self.resolution))
    }

    private mutating func narrow() -> Move {
        guard let failed else { return end(isGeneratorLimited: true) }
        guard steps < PacketProbe.mostSteps else { return end(isGeneratorLimited: false) }
        guard let kept else {
            guard failed.rate > lowest * Self.resolution else { return end(isGeneratorLimited: false) }
            let rate = max(failed.rate / downward, lowest)
            downward *= downward
            return pace(rate)
        }
        guard failed.rate > kept.rate * Self.resolution else { return end(isGeneratorLimited: false) }
        // The middle on a scale of ratios, as the resolution is one.
        let rate = min((failed.rate * kept.rate).squareRoot(), kept.rate * upward)
        upward *= upward
        return pace(rate)
    }

    private mutating func pace(_ rate: Double) -> Move {
        asked = rate
        isSecond = false
        return .pace(rate)
    }

    private func end(isGeneratorLimited: Bool) -> Move {
        if let kept { return .end(.found(found(kept, isGeneratorLimited: isGeneratorLimited))) }
        return .end(.neverKept(rate: failed?.rate ?? 0, loss: failed?.loss ?? 1))
    }

    private func found(_ step: Step, isGeneratorLimited: Bool) -> Found {
        Found(rate: step.rate, loss: step.loss, failed: failed?.rate, isGeneratorLimited: isGeneratorLimited)
    }
}

/// Which packets are lost.
public enum PacketLoss: Codable, Sendable, Hashable {
    /// Each by itself, or, with a correlation, more likely when the one before was.
    case random(PacketShare)
    /// Bursts: a chain of two states.
    case gilbertElliott(GilbertElliott)
    /// Bursts and gaps: a chain of four states.
    case fourStates(FourStates)

    /// Two states, good and bad, that change at random before each packet.
    public struct GilbertElliott: Codable, Sendable, Hashable {
        /// The chance to go from good to bad: `p`.
        public var toBad: Double
        /// The chance to go from bad to good: `r`; bad lasts 1/r packets on average.
        public var toGood: Double
        /// The share of packets that are lost while it is bad: `1-h`.
        public var lossInBad: Double
        /// The share of packets that are lost while it is good: `1-k`.
        public var lossInGood: Double

        /// A chain whose bad state loses every packet and whose good one none, unless said otherwise (Gilbert's model).
        public init(toBad: Double, toGood: Double, lossInBad: Double = 1, lossInGood: Double = 0) {
            self.toBad = toBad
            self.toGood = toGood
            self.lossInBad = lossInBad
            self.lossInGood = lossInGood
        }

        /// The share of packets that are lost in the long run.
        public var share: Double {
            guard toBad + toGood > 0 else { return lossInGood }
            return (toBad * lossInBad + toGood * lossInGood) / (toBad + toGood)
        }
    }

    /// The four states of `tc-netem(8)`: 1 received, 2 received within a burst, 3 lost within a burst, 4 lost alone.
    public struct FourStates: Codable, Sendable, Hashable {
        /// The chance to go from 1 to 3: a burst begins.
        public var p13: Double
        /// The chance to go from 3 to 1: a burst ends.
        public var p31: Double
        /// The chance to go from 3 to 2: a packet gets through within a burst.
        public var p32: Double
        /// The chance to go from 2 to 3: losing goes on.
        public var p23: Double
        /// The chance to go from 1 to 4: a packet is lost alone.
        public var p14: Double

        /// A chain of four states.
        public init(p13: Double, p31: Double, p32: Double, p23: Double, p14: Double) {
            self.p13 = p13
            self.p31 = p31
            self.p32 = p32
            self.p23 = p23
            self.p14 = p14
        }
    }

    func validate(at path: String) throws(PlanError) {
        switch self {
        case .random(let share): try share.validate(at: "\(path).random")
        case .gilbertElliott(let chain):
            let path = "\(path).gilbertElliott"
            try PacketShare.checkPositive(chain.toBad, "\(path).toBad")
            try PacketShare.checkPositive(chain.toGood, "\(path).toGood")
            try PacketShare.checkPositive(chain.lossInBad, "\(path).lossInBad")
            try PacketShare.check(chain.lossInGood, "\(path).lossInGood")
        case .fourStates(let chain):
            let path = "\(path).fourStates"
            for (name, value) in [
                ("p13", chain.p13), ("p31", chain.p31), ("p32", chain.p32), ("p23", chain.p23), ("p14", chain.p14),
            ] {
                try PacketShare.check(value, "\(path).\(name)")
            }
            guard chain.p13 + chain.p14 <= 1 else {
                throw PlanError(
                    path: "\(path).p14", reason: "expected p13 + p14 of at most 1, found \(chain.p13 + chain.p14)")
            }
            guard chain.p31 + chain.p32 <= 1 else {
                throw PlanError(
                    path: "\(path).p32", reason: "expected p31 + p32 of at most 1, found \(chain.p31 + chain.p32)")
            }
            guard chain.p13 + chain.p14 > 0 else {
                throw PlanError(path: "\(path).p13", reason: "p13 and p14 are 0: nothing would ever be lost")
            }
        }
    }
}

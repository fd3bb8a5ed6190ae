import CLibnl

/// The settings of `netem` in the kernel's units: shares and correlations in 2³²−1 parts, times in nanoseconds.
public struct NetemOptions: Sendable, Hashable {
    /// A share of packets, and how much the choice depends on the one before.
    public struct Chance: Sendable, Hashable {
        /// Parts of 2³²−1.
        public var share: UInt32
        /// Parts of 2³²−1.
        public var correlation: UInt32

        /// A chance; none unless said otherwise.
        public init(share: UInt32 = 0, correlation: UInt32 = 0) {
            self.share = share
            self.correlation = correlation
        }
    }

    /// Losses in bursts.
    public enum LossModel: Sendable, Hashable {
        /// `struct tc_netem_gemodel`; `h` is the share that survives the bad state, `k1` the share lost in the good one.
        case gilbertElliott(p: UInt32, r: UInt32, h: UInt32, k1: UInt32)
        /// `struct tc_netem_gimodel`.
        case fourStates(p13: UInt32, p31: UInt32, p32: UInt32, p14: UInt32, p23: UInt32)
    }

    /// A rate, `struct tc_netem_rate`.
    public struct Rate: Sendable, Hashable {
        /// Bytes a second.
        public var bytesPerSecond: UInt64
        /// Bytes a packet costs more.
        public var packetOverhead: Int32
        /// Bytes of a cell.
        public var cellSize: UInt32
        /// Bytes a cell costs more.
        public var cellOverhead: Int32

        /// A rate.
        public init(bytesPerSecond: UInt64, packetOverhead: Int32 = 0, cellSize: UInt32 = 0, cellOverhead: Int32 = 0) {
            self.bytesPerSecond = bytesPerSecond
            self.packetOverhead = packetOverhead
            self.cellSize = cellSize
            self.cellOverhead = cellOverhead
        }
    }

    /// Turns, `struct tc_netem_slot`.
    public struct Slot: Sendable, Hashable {
        /// The least time between two turns.
        public var minimumNanoseconds: Int64
        /// The longest.
        public var maximumNanoseconds: Int64
        /// The most packets of a turn; 0 for any number.
        public var packets: Int32
        /// The most bytes of a turn; 0 for any number.
        public var bytes: Int32
        /// The mean of a distribution of times; what only others use is read, and never written.
        public var distributionNanoseconds: Int64 = 0

        /// Turns.
        public init(minimumNanoseconds: Int64, maximumNanoseconds: Int64, packets: Int32, bytes: Int32) {
            self.minimumNanoseconds = minimumNanoseconds
            self.maximumNanoseconds = maximumNanoseconds
            self.packets = packets
            self.bytes = bytes
        }
    }

    /// The mean delay.
    public var delayNanoseconds: Int64 = 0
    /// The jitter.
    public var jitterNanoseconds: Int64 = 0
    /// How much a delay depends on the one before.
    public var delayCorrelation: UInt32 = 0
    /// The most packets that wait.
    public var limit: UInt32
    /// Losses at random.
    public var loss = Chance()
    /// Packets twice.
    public var duplicate = Chance()
    /// Packets that overtake.
    public var reorder = Chance()
    /// Every so many packets one may overtake.
    public var gap: UInt32 = 0
    /// Packets with a bit turned round.
    public var corrupt = Chance()
    /// Losses in bursts.
    public var lossModel: LossModel?
    /// The rate.
    public var rate: Rate?
    /// Turns.
    public var slot: Slot?
    /// The seed; kernels before 6.6 pass over it.
    ///
    /// What newer kernels say they drew themselves is read here, too.
    public var seed: UInt64?
    /// The table of the delay's distribution, in 8192ths of the jitter; the kernel never says it.
    public var delayTable: [Int16] = []

    /// Settings that do nothing but keep so many packets at most.
    public init(limit: UInt32) {
        self.limit = limit
    }
}

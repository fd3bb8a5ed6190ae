import Contract
import Netlink

extension LinkImpairment {
    /// The same in the kernel's words.
    var netem: NetemOptions {
        var options = NetemOptions(limit: UInt32(clamping: limit ?? enoughRoom))
        if let delay {
            options.delayNanoseconds = Int64(clamping: delay.nanoseconds)
            options.jitterNanoseconds = Int64(clamping: delay.jitterNanoseconds)
            options.delayCorrelation = Self.parts(delay.correlation)
            options.delayTable = DelayTable.table(delay.distribution)
        }
        switch loss {
        case nil: break
        case .random(let share): options.loss = Self.chance(share)
        case .gilbertElliott(let chain):
            options.lossModel = .gilbertElliott(
                p: Self.parts(chain.toBad), r: Self.parts(chain.toGood),
                // The kernel wants the share that survives the bad state, and the share that is lost in the good one.
                h: UInt32.max - Self.parts(chain.lossInBad), k1: Self.parts(chain.lossInGood))
        case .fourStates(let chain):
            options.lossModel = .fourStates(
                p13: Self.parts(chain.p13), p31: Self.parts(chain.p31), p32: Self.parts(chain.p32),
                p14: Self.parts(chain.p14), p23: Self.parts(chain.p23))
        }
        if let duplicate { options.duplicate = Self.chance(duplicate) }
        if let corrupt { options.corrupt = Self.chance(corrupt) }
        if let reorder {
            options.reorder = .init(share: Self.parts(reorder.share), correlation: Self.parts(reorder.correlation))
            options.gap = UInt32(clamping: reorder.gap)
        }
        if let rate {
            options.rate = .init(
                bytesPerSecond: UInt64((rate.bitsPerSecond / 8).rounded()),
                packetOverhead: Int32(clamping: rate.packetOverhead), cellSize: UInt32(clamping: rate.cellSize),
                cellOverhead: Int32(clamping: rate.cellOverhead))
        }
        if let slots {
            options.slot = .init(
                minimumNanoseconds: Int64(clamping: slots.minimumNanoseconds),
                maximumNanoseconds: Int64(clamping: slots.maximumNanoseconds),
                packets: Int32(clamping: slots.packets), bytes: Int32(clamping: slots.bytes))
        }
        options.seed = seed
        return options
    }

    /// Whether it does something to single packets, for which a packet has to be one on the link.
    var countsPackets: Bool {
        loss != nil || duplicate != nil || corrupt != nil || reorder != nil || rate != nil || slots != nil
    }

    /// Room for packets where none was asked for.
    ///
    /// Without a rate the queue is the way itself, and losing packets for lack of room would be a fault that nobody asked for. With
    /// one it is the way and a buffer: `tc`'s 1,000 packets, and what the rate puts on the way in packets of 500 bytes.
    private var enoughRoom: Int {
        guard let rate else { return 100_000 }
        let seconds = Double((delay?.nanoseconds ?? 0) + (delay?.jitterNanoseconds ?? 0)) / 1e9
        return 1_000 + Int(min(rate.bitsPerSecond * seconds / 8 / 500, 1_000_000))
    }

    private static func chance(_ share: PacketShare) -> NetemOptions.Chance {
        .init(share: parts(share.share), correlation: parts(share.correlation))
    }

    /// A share in the kernel's parts.
    private static func parts(_ share: Double) -> UInt32 {
        UInt32((min(max(share, 0), 1) * Double(UInt32.max)).rounded(.toNearestOrEven))
    }
}

import CLibnl

extension NetemOptions {
    // Newer than the headers of Debian 12, from linux/pkt_sched.h of 6.6.
    private static let seedType = 14
    /// The kernel's old unit of time is 64 ns (PSCHED_SHIFT); a number of 32 bits of it ends at 275 s.
    private static let nanosecondsPerTick: Int64 = 64

    /// As the kernel takes it: `struct tc_netem_qopt`, then attributes for what is not 0.
    ///
    /// Times stand in it twice, in the old unit and in nanoseconds, which win where the kernel knows them (4.15).
    public var bytes: [UInt8] {
        var writer = MessageWriter()
        for number in [
            Self.ticks(delayNanoseconds), limit, loss.share, gap, duplicate.share, Self.ticks(jitterNanoseconds),
        ] { writer.append(number) }
        if delayNanoseconds > 0 { writer.attribute(Int(TCA_NETEM_LATENCY64), delayNanoseconds) }
        if jitterNanoseconds > 0 { writer.attribute(Int(TCA_NETEM_JITTER64), jitterNanoseconds) }
        if delayCorrelation | loss.correlation | duplicate.correlation > 0 {
            writer.attribute(
                Int(TCA_NETEM_CORR), numbers: [delayCorrelation, loss.correlation, duplicate.correlation])
        }
        if reorder.share > 0 { writer.attribute(Int(TCA_NETEM_REORDER), reorder.share, reorder.correlation) }
        if corrupt.share > 0 { writer.attribute(Int(TCA_NETEM_CORRUPT), corrupt.share, corrupt.correlation) }
        if let lossModel { writer.nested(Int(TCA_NETEM_LOSS)) { Self.write(lossModel, to: &$0) } }
        if let rate { Self.write(rate, to: &writer) }
        if let slot { Self.write(slot, to: &writer) }
        if let seed { writer.attribute(Self.seedType, seed) }
        if !delayTable.isEmpty {
            writer.attribute(Int(TCA_NETEM_DELAY_DIST), bytes: delayTable.withUnsafeBytes { Array($0) })
        }
        return writer.bytes
    }

    /// Reads what the kernel says, or what ``bytes`` wrote; nil when it is too short.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 24 else { return nil }
        let numbers = bytes.withUnsafeBytes { raw in
            (0..<6).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self) }
        }
        self.init(limit: numbers[1])
        delayNanoseconds = Int64(numbers[0]) * Self.nanosecondsPerTick
        loss.share = numbers[2]
        gap = numbers[3]
        duplicate.share = numbers[4]
        jitterNanoseconds = Int64(numbers[5]) * Self.nanosecondsPerTick
        bytes[24...].withUnsafeBytes { raw in
            for attribute in AttributeReader(raw) { take(attribute) }
        }
    }

    private mutating func take(_ attribute: AttributeReader.Attribute) {
        let numbers = attribute.numbers
        switch attribute.type {
        case Int(TCA_NETEM_LATENCY64): delayNanoseconds = attribute.number() ?? delayNanoseconds
        case Int(TCA_NETEM_JITTER64): jitterNanoseconds = attribute.number() ?? jitterNanoseconds
        case Int(TCA_NETEM_CORR) where numbers.count >= 3:
            (delayCorrelation, loss.correlation, duplicate.correlation) = (numbers[0], numbers[1], numbers[2])
        case Int(TCA_NETEM_REORDER) where numbers.count >= 2:
            reorder = Chance(share: numbers[0], correlation: numbers[1])
        case Int(TCA_NETEM_CORRUPT) where numbers.count >= 2:
            corrupt = Chance(share: numbers[0], correlation: numbers[1])
        case Int(TCA_NETEM_LOSS):
            for model in AttributeReader(attribute.payload) { lossModel = Self.lossModel(model) ?? lossModel }
        case Int(TCA_NETEM_RATE) where numbers.count >= 4:
            // The kernel says a rate of 0 where there is none.
            guard numbers[0] > 0 else { return }
            rate = Rate(
                // A greater one stands in an attribute of its own, which may have come before.
                bytesPerSecond: max(UInt64(numbers[0]), rate?.bytesPerSecond ?? 0),
                packetOverhead: Int32(bitPattern: numbers[1]), cellSize: numbers[2],
                cellOverhead: Int32(bitPattern: numbers[3]))
        case Int(TCA_NETEM_RATE64):
            guard let bytesPerSecond: UInt64 = attribute.number() else { return }
            rate = rate ?? Rate(bytesPerSecond: bytesPerSecond)
            rate?.bytesPerSecond = bytesPerSecond
        case Int(TCA_NETEM_SLOT): slot = Self.slot(attribute.payload) ?? slot
        case Int(TCA_NETEM_DELAY_DIST):
            delayTable = (0..<attribute.payload.count / 2).map {
                attribute.payload.loadUnaligned(fromByteOffset: $0 * 2, as: Int16.self)
            }
        case Self.seedType: seed = attribute.number()
        default: break
        }
    }

    private static func ticks(_ nanoseconds: Int64) -> UInt32 { UInt32(clamping: nanoseconds / nanosecondsPerTick) }

    private static func write(_ model: LossModel, to writer: inout MessageWriter) {
        switch model {
        case .gilbertElliott(let p, let r, let h, let k1):
            writer.attribute(Int(NETEM_LOSS_GE), numbers: [p, r, h, k1])
        case .fourStates(let p13, let p31, let p32, let p14, let p23):
            writer.attribute(Int(NETEM_LOSS_GI), numbers: [p13, p31, p32, p14, p23])
        }
    }

    private static func lossModel(_ attribute: AttributeReader.Attribute) -> LossModel? {
        let numbers = attribute.numbers
        switch attribute.type {
        case Int(NETEM_LOSS_GE) where numbers.count >= 4:
            return .gilbertElliott(p: numbers[0], r: numbers[1], h: numbers[2], k1: numbers[3])
        case Int(NETEM_LOSS_GI) where numbers.count >= 5:
            return .fourStates(
                p13: numbers[0], p31: numbers[1], p32: numbers[2], p14: numbers[3], p23: numbers[4])
        default: return nil
        }
    }

    private static func write(_ rate: Rate, to writer: inout MessageWriter) {
        if rate.bytesPerSecond > UInt64(UInt32.max) { writer.attribute(Int(TCA_NETEM_RATE64), rate.bytesPerSecond) }
        writer.attribute(
            Int(TCA_NETEM_RATE),
            numbers: [
                UInt32(clamping: rate.bytesPerSecond), UInt32(bitPattern: rate.packetOverhead), rate.cellSize,
                UInt32(bitPattern: rate.cellOverhead),
            ])
    }

    private static func write(_ slot: Slot, to writer: inout MessageWriter) {
        var content = MessageWriter()
        content.append(slot.minimumNanoseconds)
        content.append(slot.maximumNanoseconds)
        content.append(slot.packets)
        content.append(slot.bytes)
        content.append(slot.distributionNanoseconds)
        content.append(Int64(0))
        writer.attribute(Int(TCA_NETEM_SLOT), bytes: content.bytes)
    }

    private static func slot(_ payload: UnsafeRawBufferPointer) -> Slot? {
        guard payload.count >= 40 else { return nil }
        var slot = Slot(
            minimumNanoseconds: payload.loadUnaligned(as: Int64.self),
            maximumNanoseconds: payload.loadUnaligned(fromByteOffset: 8, as: Int64.self),
            packets: payload.loadUnaligned(fromByteOffset: 16, as: Int32.self),
            bytes: payload.loadUnaligned(fromByteOffset: 20, as: Int32.self))
        slot.distributionNanoseconds = payload.loadUnaligned(fromByteOffset: 24, as: Int64.self)
        return slot
    }
}

extension MessageWriter {
    /// An attribute with several numbers of 32 bits, a structure of nothing else.
    fileprivate mutating func attribute(_ type: Int, numbers: [UInt32]) {
        attribute(type, bytes: numbers.withUnsafeBytes { Array($0) })
    }
}

extension AttributeReader.Attribute {
    /// The payload as numbers of 32 bits.
    fileprivate var numbers: [UInt32] {
        (0..<payload.count / 4).map { payload.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self) }
    }
}

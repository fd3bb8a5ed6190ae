import CLibnl

extension InstalledQueue {
    /// The request that puts it back at its place, in one step, whatever stands there then.
    ///
    /// What the kernel says of settings is what it takes, but for `codel` and `fq_codel`: they keep times in 1024 ns, cut off, so
    /// that a time that was said and is given back would be shorter each time.
    public var restoration: QueueRequest {
        QueueRequest(
            .replace, kind, onLinkWithIndex: linkIndex, parent: parent, handle: handle,
            options: options.map { Self.mended($0, timesAt: Self.times[kind] ?? []) })
    }

    // TCA_CODEL_TARGET, _INTERVAL, _CE_THRESHOLD, and those of fq_codel.
    private static let times: [String: Set<Int>] = ["codel": [1, 3, 5], "fq_codel": [1, 3, 7]]

    private static func mended(_ options: [UInt8], timesAt types: Set<Int>) -> [UInt8] {
        guard !types.isEmpty else { return options }
        return options.withUnsafeBytes { raw in
            var writer = MessageWriter()
            for attribute in AttributeReader(raw) {
                if types.contains(attribute.type), let time: UInt32 = attribute.number() {
                    writer.attribute(attribute.type, said(time) < time ? time &+ 1 : time)
                } else {
                    writer.attribute(attribute.type, bytes: Array(attribute.payload))
                }
            }
            return writer.bytes
        }
    }

    /// What the kernel says of a time in microseconds that was given to it.
    private static func said(_ microseconds: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: ((UInt64(microseconds) * 1_000 >> 10) << 10) / 1_000)
    }
}

import CLibnl

/// How large a packet may be that the kernel hands to a link, to be cut into segments behind its queue.
public struct SegmentationLimits: Sendable, Hashable {
    /// The most segments of one packet (`IFLA_GSO_MAX_SEGS`).
    public var segments: UInt32
    /// The most bytes of one packet (`IFLA_GSO_MAX_SIZE`).
    public var bytes: UInt32

    /// Limits.
    public init(segments: UInt32, bytes: UInt32) {
        self.segments = segments
        self.bytes = bytes
    }
}

extension NetlinkSocket {
    /// Reads how large packets for a link may be.
    public func segmentationLimits(ofLinkWithIndex index: Int) throws(NetlinkError) -> SegmentationLimits {
        let words = RequestWords(operation: "read", object: "link \(index)")
        return try withConnection { (connection) throws(NetlinkError) in
            var limits = SegmentationLimits(segments: 0, bytes: 0)
            try connection.exchange(words, type: UInt16(RTM_GETLINK), flags: 0, Self.header(index)) { message in
                guard message.body.count >= Self.headerSize else { return }
                for attribute in AttributeReader(UnsafeRawBufferPointer(rebasing: message.body[Self.headerSize...])) {
                    switch attribute.type {
                    case Int(IFLA_GSO_MAX_SEGS): limits.segments = attribute.number() ?? 0
                    case Int(IFLA_GSO_MAX_SIZE): limits.bytes = attribute.number() ?? 0
                    default: break
                    }
                }
            }
            return limits
        }
    }

    /// Limits how many segments a packet for a link may have, as `ip link set NAME gso_max_segs`.
    public func setMaximumSegments(_ segments: UInt32, ofLinkWithIndex index: Int) throws(NetlinkError) {
        let words = RequestWords(operation: "set gso_max_segs \(segments) of", object: "link \(index)")
        try withConnection { (connection) throws(NetlinkError) in
            try connection.exchange(
                words, type: UInt16(RTM_NEWLINK), flags: 0,
                { writer in
                    Self.header(index)(&writer)
                    writer.attribute(Int(IFLA_GSO_MAX_SEGS), segments)
                }, visit: { _ in })
        }
    }

    private static let headerSize = MemoryLayout<ifinfomsg>.size

    /// `struct ifinfomsg`.
    private static func header(_ index: Int) -> (inout MessageWriter) -> Void {
        { writer in
            writer.append(UInt32(0))
            writer.append(Int32(truncatingIfNeeded: index))
            writer.append(UInt64(0))
        }
    }
}

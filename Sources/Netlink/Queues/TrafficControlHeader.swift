import CLibnl

/// The fixed header of every message of traffic control, `struct tcmsg`.
struct TrafficControlHeader: Equatable {
    static let size = 20

    var linkIndex: Int
    var handle: UInt32
    var parent: UInt32
    /// Of a filter: its preference in the upper half, the EtherType in network order in the lower.
    var info: UInt32

    func write(to writer: inout MessageWriter) {
        writer.append(UInt32(0))
        writer.append(Int32(truncatingIfNeeded: linkIndex))
        writer.append(handle)
        writer.append(parent)
        writer.append(info)
    }

    init(linkIndex: Int, handle: UInt32, parent: UInt32, info: UInt32) {
        self.linkIndex = linkIndex
        self.handle = handle
        self.parent = parent
        self.info = info
    }

    init?(_ body: UnsafeRawBufferPointer) {
        guard body.count >= Self.size else { return nil }
        linkIndex = Int(body.loadUnaligned(fromByteOffset: 4, as: Int32.self))
        handle = body.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        parent = body.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
        info = body.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
    }
}

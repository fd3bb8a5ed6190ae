import CLibnl

/// A queueing discipline as it stands on a link, with its settings as the kernel says them.
public struct InstalledQueue: Sendable, Hashable {
    /// The kernel's word for it.
    public let kind: String
    /// The number of its link.
    public let linkIndex: Int
    /// Its number; 0 for one that the kernel gave the link by itself.
    public let handle: UInt32
    /// Where it hangs.
    public let parent: UInt32
    /// Its settings (the payload of `TCA_OPTIONS`); nil for none.
    public let options: [UInt8]?
    /// What went through it so far.
    public let counters: QueueCounters

    /// One by its parts.
    public init(
        kind: String, linkIndex: Int, handle: UInt32, parent: UInt32 = QueueHandle.root, options: [UInt8]? = nil,
        counters: QueueCounters = QueueCounters()
    ) {
        self.kind = kind
        self.linkIndex = linkIndex
        self.handle = handle
        self.parent = parent
        self.options = options
        self.counters = counters
    }

    /// Whether the kernel put it there by itself, as it does for every link without one.
    public var isKernels: Bool { handle == 0 }

    /// The same but for what went through it.
    public func isSame(as other: InstalledQueue) -> Bool {
        kind == other.kind && linkIndex == other.linkIndex && handle == other.handle && parent == other.parent
            && options == other.options
    }

    /// For example `tbf 8001:`.
    public var words: String { "\(kind) \(QueueHandle.words(handle))" }

    /// Reads what the kernel lists, behind the header of the message.
    package init?(_ body: UnsafeRawBufferPointer) {
        guard let header = TrafficControlHeader(body) else { return nil }
        var kind: String?
        var options: [UInt8]?
        var counters = QueueCounters()
        for attribute in AttributeReader(UnsafeRawBufferPointer(rebasing: body[TrafficControlHeader.size...])) {
            switch attribute.type {
            case Int(TCA_KIND): kind = attribute.text
            case Int(TCA_OPTIONS): options = Array(attribute.payload)
            case Int(TCA_STATS2): counters = QueueCounters(attribute.payload)
            default: break
            }
        }
        guard let kind else { return nil }
        self.init(
            kind: kind, linkIndex: header.linkIndex, handle: header.handle, parent: header.parent, options: options,
            counters: counters)
    }
}

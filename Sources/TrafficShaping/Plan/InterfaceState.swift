import Netlink

/// What a link has before something is done to it.
struct InterfaceState: Sendable, Hashable {
    /// Its name.
    var name: String
    /// Its number.
    var index: Int
    /// Whether it is the loopback.
    var isLoopback: Bool
    /// Its queueing disciplines, the kernel's own among them.
    var queues: [InstalledQueue]
    /// How many filters hang on the discipline of the whole link.
    var rootFilters: Int
    /// How large packets may be that are handed to it.
    var segmentation: SegmentationLimits
    /// Whether there is a link already by which this one's arriving packets would be shaped.
    var hasIntermediary: Bool
    /// A number that no link of the namespace has.
    var freeIndex: Int

    /// A state by its parts.
    init(
        name: String, index: Int, isLoopback: Bool = false, queues: [InstalledQueue] = [], rootFilters: Int = 0,
        segmentation: SegmentationLimits = SegmentationLimits(segments: 65_535, bytes: 65_536),
        hasIntermediary: Bool = false, freeIndex: Int
    ) {
        self.name = name
        self.index = index
        self.isLoopback = isLoopback
        self.queues = queues
        self.rootFilters = rootFilters
        self.segmentation = segmentation
        self.hasIntermediary = hasIntermediary
        self.freeIndex = freeIndex
    }

    /// The discipline of the whole link that is not the kernel's own.
    var root: InstalledQueue? { queues.first { $0.parent == QueueHandle.root && !$0.isKernels } }

    /// What stands where packets arrive.
    var ingress: InstalledQueue? { queues.first { $0.parent == QueueHandle.ingressParent } }

    /// The name of the link by which arriving packets are shaped.
    var intermediaryName: String { Self.intermediaryName(of: index) }

    static func intermediaryName(of index: Int) -> String { "nm-shape\(index)" }
}

import CLibnl

/// A change of a link's queueing disciplines.
public struct QueueRequest: Sendable, Hashable {
    /// What is done.
    public enum Change: String, Sendable, Hashable {
        /// Something of the kind is made; there must be nothing at the place but what the kernel put there.
        case add
        /// Something new stands at the place in one step; what was there is gone with all below it.
        case replace
        /// What is there gets other settings.
        case change
        /// What is there is taken away, and the kernel puts its own there.
        case delete
    }

    /// What is done.
    public var change: Change
    /// The number of the link.
    public var linkIndex: Int
    /// The place: ``QueueHandle/root``, ``QueueHandle/ingressParent``, or a class.
    public var parent: UInt32
    /// The number that it has, or gets.
    public var handle: UInt32
    /// The kernel's word for it, such as `netem`.
    public var kind: String
    /// Its settings as the kernel takes them (the payload of `TCA_OPTIONS`); nil for none.
    public var options: [UInt8]?

    /// A request.
    public init(
        _ change: Change, _ kind: String, onLinkWithIndex linkIndex: Int, parent: UInt32 = QueueHandle.root,
        handle: UInt32, options: [UInt8]? = nil
    ) {
        self.change = change
        self.kind = kind
        self.linkIndex = linkIndex
        self.parent = parent
        self.handle = handle
        self.options = options
    }

    var type: UInt16 { UInt16(change == .delete ? RTM_DELQDISC : RTM_NEWQDISC) }

    var flags: Int32 {
        switch change {
        case .add: NLM_F_CREATE | NLM_F_EXCL
        case .replace: NLM_F_CREATE | NLM_F_REPLACE
        case .change, .delete: 0
        }
    }

    var words: RequestWords {
        RequestWords(
            operation: "\(change.rawValue) queueing discipline",
            object: "\(kind) \(QueueHandle.words(handle)) at \(QueueHandle.words(parent)) of link \(linkIndex)",
            hint: QueueHint.hint(for:))
    }

    func write(to writer: inout MessageWriter) {
        TrafficControlHeader(linkIndex: linkIndex, handle: handle, parent: parent, info: 0).write(to: &writer)
        writer.attribute(Int(TCA_KIND), text: kind)
        if let options { writer.attribute(Int(TCA_OPTIONS), bytes: options) }
    }
}

/// What to do about a refusal of traffic control.
enum QueueHint {
    static func hint(for code: Int32) -> String {
        switch code {
        case NLE_OBJ_NOTFOUND, NLE_OPNOTSUPP:
            "This kernel may lack it: run `netmachinery doctor`; look at what is there with `tc qdisc` and `tc filter`"
        case NLE_EXIST: "Look at what is there with `tc qdisc`"
        default: NetlinkError.hint(for: code)
        }
    }
}

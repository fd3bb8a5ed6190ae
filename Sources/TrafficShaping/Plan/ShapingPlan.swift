import Contract
import Netlink

/// What is asked of the kernel to shape a link, in order, and how each of it is undone.
///
/// All packets: `netem` is the discipline of the link. Some packets: a `prio` of two bands, `netem` at the second, and `flower` rules
/// that know IPv6 and its extension headers, which `u32` does not. Arriving packets have no queue: rules send those that are
/// meant through an `ifb` with a `netem`, and leave the others alone.
struct ShapingPlan: Sendable, Equatable {
    /// A step, and what takes it back.
    struct Change: Sendable, Equatable {
        /// What is done.
        let step: ShapingStep
        /// What undoes it; nil where that happens with another one's.
        let undo: ShapingStep?
    }

    /// The steps in order; undone from the last to the first.
    private(set) var changes: [Change] = []
    /// What people should know of it.
    private(set) var remarks: [String] = []
    /// Where the shaped packets of each direction are counted: the number of the link, and of the discipline.
    private(set) var counted: [ShapingDirection: (linkIndex: Int, handle: UInt32)] = [:]

    /// The number of our discipline of a link ("NM"), by which a shaping that was not undone is known.
    static let handle: UInt32 = 0x4E4D_0000
    /// The number of the `netem` below it.
    static let bandHandle: UInt32 = 0x4E4E_0000

    /// Plans a shaping of a link in this state; refuses what must not be shaped, and what somebody else put there.
    init(_ shaping: LinkShaping, on state: InterfaceState) throws(ShapingError) {
        guard !state.isLoopback else {
            throw ShapingError(
                .refused, "shape", state.name, cause: "it is the loopback", nextStep: "name another interface")
        }
        clearLeftovers(on: state)
        if shaping.direction.hasEgress { try planEgress(shaping, on: state) }
        if shaping.direction.hasIngress { try planIngress(shaping, on: state) }
    }

    /// The steps that undo all, in their order.
    var undo: [ShapingStep] { changes.reversed().compactMap(\.undo) }

    /// Equal when they ask for the same.
    static func == (left: ShapingPlan, right: ShapingPlan) -> Bool {
        left.changes == right.changes && left.remarks == right.remarks
    }

    private mutating func add(_ step: ShapingStep, undo: ShapingStep? = nil) {
        changes.append(Change(step: step, undo: undo))
    }

    /// Takes away what somebody left who was killed; nobody holds it, since its holder would have the lock.
    private mutating func clearLeftovers(on state: InterfaceState) {
        let root = state.root.flatMap { $0.handle == Self.handle ? $0 : nil }
        if let root {
            add(.queue(QueueRequest(.delete, root.kind, onLinkWithIndex: state.index, handle: root.handle)))
        }
        if state.hasIntermediary {
            if let ingress = state.ingress { add(.queue(Self.ingress(.delete, ingress.kind, on: state.index))) }
            add(.deleteLink(name: state.intermediaryName))
        }
        guard root != nil || state.hasIntermediary else { return }
        remarks.append(
            "\(state.name) was still shaped by somebody who was killed; what it had before that is not known, and the "
                + "kernel's own queue takes its place")
    }

    private mutating func planEgress(_ shaping: LinkShaping, on state: InterfaceState) throws(ShapingError) {
        let foreign = state.root.flatMap { $0.handle == Self.handle ? nil : $0 }
        if let foreign { try Self.check(foreign, shaping, state) }
        if shaping.impairment.countsPackets { limitSegments(on: state) }
        if let rules = state.ingress, rules.kind == "clsact" {
            remarks.append(
                "\(state.name) has rules of somebody else (clsact); what they send elsewhere does not come to its queue, and is not shaped"
            )
        }
        let undo = ShapingStep.queue(
            foreign?.restoration
                ?? QueueRequest(
                    .delete, shaping.isSelective ? "prio" : "netem", onLinkWithIndex: state.index, handle: Self.handle))
        let netem = shaping.impairment.netem.bytes
        guard shaping.isSelective else {
            add(
                .queue(
                    QueueRequest(
                        .replace, "netem", onLinkWithIndex: state.index, handle: Self.handle, options: netem)),
                undo: undo)
            counted[.egress] = (state.index, Self.handle)
            return
        }
        // Packets take the first band until everything stands: none is shaped that should not be.
        var bands = QueueRequest(
            .replace, "prio", onLinkWithIndex: state.index, handle: Self.handle,
            options: PriorityBands(2, usual: 0).bytes)
        add(.queue(bands), undo: undo)
        let shaped = QueueHandle.child(2, of: Self.handle)
        add(
            .queue(
                QueueRequest(
                    .replace, "netem", onLinkWithIndex: state.index, parent: shaped, handle: Self.bandHandle,
                    options: netem)))
        addFilters(
            shaping, .egress, on: state.index, parent: Self.handle,
            exempt: .classify(QueueHandle.child(1, of: Self.handle)), shaped: .classify(shaped))
        if shaping.filters.isEmpty {
            bands.change = .change
            bands.options = PriorityBands(2, usual: 1).bytes
            add(.queue(bands))
        }
        counted[.egress] = (state.index, Self.bandHandle)
    }

    private mutating func planIngress(_ shaping: LinkShaping, on state: InterfaceState) throws(ShapingError) {
        if let foreign = state.ingress, !state.hasIntermediary {
            throw ShapingError(
                .foreign, "shape what arrives at", state.name,
                cause:
                    "somebody else has rules there (\(foreign.kind)), as networks of eBPF programs do, and packets might "
                    + "never come to ours",
                nextStep:
                    "shape the egress of the other end, or remove them with `tc qdisc del dev \(state.name) \(foreign.kind)`"
            )
        }
        let (name, index) = (state.intermediaryName, state.freeIndex)
        add(.addIntermediary(name: name, index: index), undo: .deleteLink(name: name))
        add(.bringUp(name: name))
        add(
            .queue(
                QueueRequest(
                    .replace, "netem", onLinkWithIndex: index, handle: Self.handle,
                    options: shaping.impairment.netem.bytes)))
        add(
            .queue(Self.ingress(.add, "ingress", on: state.index)),
            undo: .queue(Self.ingress(.delete, "ingress", on: state.index)))
        addFilters(
            shaping, .ingress, on: state.index, parent: QueueHandle.ingress,
            exempt: .classify(QueueHandle.child(1, of: QueueHandle.ingress)), shaped: .redirect(linkIndex: index))
        if shaping.filters.isEmpty {
            add(
                .filter(
                    FilterRequest(
                        linkIndex: state.index, parent: QueueHandle.ingress, preference: nextIngressPreference,
                        match: PacketMatch(), verdict: .redirect(linkIndex: index))))
        }
        counted[.ingress] = (index, Self.handle)
        guard shaping.impairment.countsPackets else { return }
        // Nothing on this side can cut them: netem takes a packet as one, and no setting of an ifb comes before its queue.
        remarks.append(
            "what arrives at \(state.name) may be packets of up to \(state.segmentation.bytes) bytes that their sender did not cut; "
                + "each counts as one, so that one loss can take so much; set gso_max_segs 1 at the sending end, or shape its egress"
        )
    }

    /// Has packets cut before the queue and not behind it.
    ///
    /// A sender hands up to 64 KiB to a link as one packet (TSO, GSO), and netem would lose, double or delay all of it at once: at a
    /// loss of 1 % one packet in a hundred would take 44 others along. `gso_max_segs` 1 by netlink is one number that can be read and put
    /// back, and holds for every protocol; offload features (ethtool) are several, and drivers refuse to change some.
    /// TCP connections that are open already keep their limit until their route is looked up again; UDP_SEGMENT is not limited by it.
    private mutating func limitSegments(on state: InterfaceState) {
        guard state.segmentation.segments > 1 else { return }
        add(
            .limitSegments(1, ofLinkWithIndex: state.index),
            undo: .limitSegments(state.segmentation.segments, ofLinkWithIndex: state.index))
    }

    private mutating func addFilters(
        _ shaping: LinkShaping, _ direction: ShapingDirection, on linkIndex: Int, parent: UInt32,
        exempt: FilterRequest.Verdict, shaped: FilterRequest.Verdict
    ) {
        // The exempt are asked first; each rule has a preference of its own, since one stands for one EtherType.
        let rules =
            shaping.exempt.flatMap { $0.matches(direction) }.map { ($0, exempt) }
            + shaping.filters.flatMap { $0.matches(direction) }.map { ($0, shaped) }
        for (offset, rule) in rules.enumerated() {
            add(
                .filter(
                    FilterRequest(
                        linkIndex: linkIndex, parent: parent, preference: UInt16(clamping: offset + 1), match: rule.0,
                        verdict: rule.1)))
        }
    }

    private var nextIngressPreference: UInt16 {
        let taken = changes.compactMap { change -> UInt16? in
            guard case .filter(let filter) = change.step, filter.parent == QueueHandle.ingress else { return nil }
            return filter.preference
        }
        return (taken.max() ?? 0) + 1
    }

    private static func ingress(_ change: QueueRequest.Change, _ kind: String, on index: Int) -> QueueRequest {
        QueueRequest(
            change, kind, onLinkWithIndex: index, parent: QueueHandle.ingressParent, handle: QueueHandle.ingress,
            options: change == .add ? [] : nil)
    }

    /// Refuses a foreign discipline unless it was said to be replaced and can be put back as it was.
    private static func check(
        _ foreign: InstalledQueue, _ shaping: LinkShaping, _ state: InterfaceState
    ) throws(ShapingError) {
        guard shaping.replacesForeign else {
            throw ShapingError(
                .foreign, "shape", state.name, cause: "somebody else gave it the queueing discipline \(foreign.words)",
                nextStep:
                    "remove it with `tc qdisc del dev \(state.name) root`, or say replacesForeign, which puts it back afterwards"
            )
        }
        let below = state.queues.contains { !$0.isKernels && $0.parent >> 16 == foreign.handle >> 16 }
        guard let reason = ForeignQueue.obstacle(foreign, hasChildren: below, hasFilters: state.rootFilters > 0) else {
            return
        }
        throw ShapingError(
            .foreign, "replace \(foreign.words) of", state.name, cause: reason,
            nextStep: "remove it with `tc qdisc del dev \(state.name) root` and put it back yourself")
    }
}

extension LinkShaping {
    /// Whether some packets are shaped and others are not.
    var isSelective: Bool { !filters.isEmpty || !exempt.isEmpty }
}

import Netlink

/// Reads what an interface has, and holds it against what it had.
enum InterfaceReader {
    static func state(of name: String, on socket: NetlinkSocket) throws(ShapingError) -> InterfaceState {
        do throws(NetlinkError) {
            let links = try socket.links()
            if let link = links.first(where: { $0.name == name }) {
                let queues = try socket.installedQueues(onLinkWithIndex: link.index)
                let root = queues.first { $0.parent == QueueHandle.root && !$0.isKernels }
                let intermediary = InterfaceState.intermediaryName(of: link.index)
                return InterfaceState(
                    name: name, index: link.index, isLoopback: link.kind == .other("loopback"), queues: queues,
                    rootFilters: try root.map { (root) throws(NetlinkError) in
                        try socket.filterCount(onLinkWithIndex: link.index, parent: root.handle)
                    } ?? 0,
                    segmentation: try socket.segmentationLimits(ofLinkWithIndex: link.index),
                    hasIntermediary: links.contains { $0.name == intermediary },
                    freeIndex: (links.map(\.index).max() ?? 0) + 1)
            }
        } catch {
            throw ShapingError(error)
        }
        throw absent(name)
    }

    /// Throws unless the interface has what it had before; one that is gone has nothing, and is an error of its own.
    static func expect(_ before: InterfaceState, on socket: NetlinkSocket) throws(ShapingError) {
        let now: InterfaceState
        do throws(ShapingError) {
            now = try state(of: before.name, on: socket)
        } catch {
            guard error.code == .absent else { throw error }
            throw removed(before.name, "shaped")
        }
        // Another one of the same name.
        guard now.index == before.index else { throw removed(before.name, "shaped") }
        guard let difference = difference(before, now) else { return }
        throw ShapingError(
            .leaked, "put back what was on", before.name, cause: difference,
            nextStep: "see what is there with `tc qdisc show dev \(before.name)` and `ip -d link`")
    }

    /// What is not as it was; nil when all is, but for what somebody left before.
    static func difference(_ before: InterfaceState, _ now: InterfaceState) -> String? {
        let had = before.root.flatMap { $0.handle == ShapingPlan.handle ? nil : $0 }
        switch (had, now.root) {
        case (nil, nil): break
        case (let had?, let has?) where had.isSame(as: has): break
        case (let had?, let has?) where had.kind == has.kind && had.handle == has.handle:
            return "\(has.words) has other settings than before"
        case (_, let has):
            return "it has \(has?.words ?? "the kernel's own queue") and had \(had?.words ?? "the kernel's own queue")"
        }
        if now.hasIntermediary { return "\(now.intermediaryName) is still there" }
        if !before.hasIntermediary, before.ingress?.kind != now.ingress?.kind {
            return "rules for what arrives are still there"
        }
        guard before.segmentation == now.segmentation else {
            return "gso_max_segs is \(now.segmentation.segments) and was \(before.segmentation.segments)"
        }
        return nil
    }

    /// The link of a name, unless it is the loopback.
    static func usableLink(
        named name: String, on socket: NetlinkSocket, to operation: String
    ) throws(ShapingError) -> Link {
        let link: Link?
        do throws(NetlinkError) { link = try socket.link(named: name) } catch { throw ShapingError(error) }
        guard let link else { throw absent(name, to: operation) }
        guard link.kind != .other("loopback") else {
            throw ShapingError(
                .refused, operation, name, cause: "the loopback is what a namespace speaks to itself through",
                nextStep: "name the interface that leads to the others, such as eth0")
        }
        return link
    }

    /// What is said where somebody removed an interface while something was done to it.
    static func removed(_ name: String, _ doing: String) -> ShapingError {
        ShapingError(
            .absent, "put back what was on", name, cause: "somebody removed it while it was \(doing)",
            nextStep: "nothing is left to put back; see who removes interfaces there, and measure again")
    }

    static func absent(_ name: String, to operation: String = "shape") -> ShapingError {
        ShapingError(
            .absent, operation, name, cause: "there is no such interface",
            nextStep: "see which there are with `ip link`; an interface belongs to a network namespace")
    }
}

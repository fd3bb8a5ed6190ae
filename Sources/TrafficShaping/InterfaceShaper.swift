public import Contract
public import LinuxHost
import Netlink
import Synchronization

/// Shapes one interface of a namespace, and puts back what it had before.
///
/// Usable from any thread. Whatever happens between ``apply()`` and ``undo()``, undoing is possible at any time and more than once;
/// packets that wait in the queue at that moment are lost, as with every change of a link's discipline.
/// A process that is killed undoes nothing: who shapes the interface next finds what was left, by its number, and clears it away.
public final class InterfaceShaper: Sendable {
    private struct State {
        var before: InterfaceState?
        var plan: ShapingPlan?
        var undo: [ShapingStep] = []
        var lock: ShapingLock?
        // Whoever undoes at the end of the run may come before somebody who is about to apply.
        var isOver = false
    }

    private let shaping: LinkShaping
    private let socket: NetlinkSocket
    private let state: Mutex<State>

    /// Prepares the shaping of an interface of this namespace, and keeps others from doing the same.
    ///
    /// It is refused when the namespace is that of the machine (its first process), or one of the processes in `protected`.
    public init(
        _ shaping: LinkShaping, in namespace: borrowing NetworkNamespace, protecting protected: [Int32] = []
    ) throws(ShapingError) {
        try ProtectedNamespaces.refuse(namespace, of: protected, shaping: shaping.interface)
        self.shaping = shaping
        do throws(NetlinkError) {
            socket = try NetlinkSocket(in: namespace)
        } catch {
            throw ShapingError(error)
        }
        let index = try Self.index(of: shaping.interface, on: socket)
        let lock = try ShapingLock(ofLinkWithIndex: index, named: shaping.interface, in: namespace)
        state = Mutex(State(lock: lock))
    }

    /// Shapes the interface and reads back that it is so; where that fails, everything is as before.
    ///
    /// - Returns: What people should know of it.
    public func apply() throws(ShapingError) -> [String] {
        try state.withLock { (state) throws(ShapingError) in
            guard !state.isOver else {
                throw ShapingError(
                    .refused, "shape", shaping.interface, cause: "this shaping was undone already",
                    nextStep: "begin another one")
            }
            guard state.plan == nil else { return [] }
            do throws(ShapingError) {
                let before = try InterfaceReader.state(of: shaping.interface, on: socket)
                let plan = try ShapingPlan(shaping, on: before)
                state.before = before
                state.plan = plan
                for change in plan.changes {
                    try perform(change.step)
                    if let undo = change.undo { state.undo.append(undo) }
                }
                try prove(plan)
                return plan.remarks
            } catch {
                try? takeBack(&state)
                throw error
            }
        }
    }

    /// What went through the shaped queues so far.
    public func counters() throws(ShapingError) -> [ShapingDirection: ShapingCounters] {
        let counted = state.withLock { $0.plan?.counted ?? [:] }
        var counters: [ShapingDirection: ShapingCounters] = [:]
        for (direction, place) in counted {
            let queues = try asking { () throws(NetlinkError) in
                try socket.installedQueues(onLinkWithIndex: place.linkIndex)
            }
            counters[direction] = queues.first { $0.handle == place.handle }.map { ShapingCounters($0.counters) }
        }
        return counters
    }

    /// Puts back what was there, and reads back that it is so; does nothing the second time.
    ///
    /// An interface that is gone has taken everything with it, and is said to be ``ShapingError/Code-swift.enum/absent``.
    public func undo() throws(ShapingError) {
        try state.withLock { (state) throws(ShapingError) in try takeBack(&state) }
    }

    private func takeBack(_ state: inout State) throws(ShapingError) {
        // Others may shape it when all is as it was.
        defer { state.lock = nil }
        state.isOver = true
        guard let before = state.before else { return }
        let steps = state.undo.reversed()
        state.undo = []
        state.before = nil
        var failure: ShapingError?
        for step in steps {
            do throws(ShapingError) {
                try perform(step)
            } catch {
                guard error.code != .absent else { continue }
                failure = failure ?? error
                // What cannot be put back must not leave the link shaped: the kernel's own takes its place.
                if case .queue(let request) = step, request.change == .replace {
                    try? perform(
                        .queue(
                            QueueRequest(
                                .delete, "", onLinkWithIndex: request.linkIndex, handle: ShapingPlan.handle)))
                }
            }
        }
        if let failure { throw failure }
        try InterfaceReader.expect(before, on: socket)
    }

    private func prove(_ plan: ShapingPlan) throws(ShapingError) {
        var queues: [InstalledQueue] = []
        var filters: [FilterRequest] = []
        for index in plan.links {
            queues += try asking { () throws(NetlinkError) in try socket.installedQueues(onLinkWithIndex: index) }
        }
        for place in Set(plan.filters.map { FilterPlace(linkIndex: $0.linkIndex, parent: $0.parent) }) {
            filters += try asking { () throws(NetlinkError) in
                try socket.filters(onLinkWithIndex: place.linkIndex, parent: place.parent)
            }
        }
        guard let difference = ShapingProof.difference(plan, queues: queues, filters: filters) else { return }
        throw ShapingError(
            difference.isBeyondKernel ? .unsupported : .unverified, "shape", shaping.interface, cause: difference.words,
            nextStep: difference.isBeyondKernel
                ? "leave the seed out, or use a newer kernel" : "see what is there with `tc -s qdisc` and `tc filter`")
    }

    private func perform(_ step: ShapingStep) throws(ShapingError) {
        try asking { () throws(NetlinkError) in
            switch step {
            case .limitSegments(let count, let index): try socket.setMaximumSegments(count, ofLinkWithIndex: index)
            case .addIntermediary(let name, let index):
                try socket.add(Link(name: name, kind: .other("ifb"), index: index))
            case .bringUp(let name): try socket.setUp(name)
            case .deleteLink(let name): try socket.delete(linkNamed: name)
            case .queue(let request): try socket.perform(request)
            case .filter(let request): try socket.perform(request)
            }
        }
    }

    private func asking<Value>(_ body: () throws(NetlinkError) -> Value) throws(ShapingError) -> Value {
        do throws(NetlinkError) { return try body() } catch { throw ShapingError(error) }
    }

    private static func index(of name: String, on socket: NetlinkSocket) throws(ShapingError) -> Int {
        do throws(NetlinkError) {
            if let link = try socket.link(named: name) { return link.index }
        } catch {
            throw ShapingError(error)
        }
        throw InterfaceReader.absent(name)
    }
}

/// A discipline that filters hang on.
private struct FilterPlace: Hashable {
    let linkIndex: Int
    let parent: UInt32
}

extension ShapingPlan {
    /// The links whose queues it changes.
    var links: [Int] {
        let indices = changes.compactMap { if case .queue(let request) = $0.step { request.linkIndex } else { nil } }
        return Set(indices).sorted()
    }
}

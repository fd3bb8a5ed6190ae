public import Contract
public import LinuxHost
import Netlink
import Synchronization

/// Changes the offloads of one interface of a namespace, and gives it back those that it had.
///
/// Usable from any thread; undoing is possible at any time and more than once.
public final class InterfaceOffloads: Sendable {
    private struct State {
        var before: OffloadRecord?
        var changes: [String: Bool] = [:]
        var isOver = false
        var lock: ShapingLock?
    }

    private let condition: Offloads
    private let name: String
    private let index: Int
    private let links: NetlinkSocket
    private let socket: OffloadSocket
    private let state: Mutex<State>

    /// Prepares to change an interface of this namespace; refused where a shaping would be.
    public init(
        _ condition: Offloads, in namespace: borrowing NetworkNamespace, protecting protected: [Int32] = []
    ) throws(ShapingError) {
        try ProtectedNamespaces.refuse(namespace, of: protected, shaping: condition.interface)
        self.condition = condition
        name = condition.interface
        do throws(NetlinkError) {
            links = try NetlinkSocket(in: namespace)
            socket = try OffloadSocket(in: namespace)
        } catch {
            throw ShapingError(error)
        }
        index = try InterfaceReader.usableLink(named: name, on: links, to: "change the offloads of").index
        var before: OffloadRecord?
        if let told = condition.restoring, !told.isEmpty {
            guard let record = OffloadRecord(text: told) else {
                throw ShapingError(
                    .refused, "put back the offloads of", name, cause: "what was told of them is not understood",
                    nextStep: "see them with `ethtool -k \(name)`, and make the testbed again")
            }
            before = record
        }
        state = Mutex(
            State(
                before: before,
                lock: try ShapingLock("offloads", ofLinkWithIndex: index, named: name, in: namespace)))
    }

    /// What can be changed of it now, a line each, so that somebody else can give it back.
    public func recordText() throws(ShapingError) -> String { OffloadRecord(try read()).text }

    /// Changes them and reads back that they are as asked; returns what else changed, in words.
    ///
    /// - Throws: ``ShapingError`` of what the device does not have, and of what the kernel does not hold: then all is as before.
    public func apply() throws(ShapingError) -> [String] {
        try state.withLock { (state) throws(ShapingError) in
            guard !state.isOver else {
                throw ShapingError(
                    .refused, "change the offloads of", name, cause: "this was undone already",
                    nextStep: "begin another one")
            }
            let before = try read()
            state.changes = try OffloadPlan.changes(condition.features, on: before, of: name)
            state.before = OffloadRecord(before)
            try set(state.changes)
            let after = try read()
            guard let difference = OffloadPlan.difference(state.changes, after) else {
                return OffloadPlan.followers(of: state.changes, before, after)
            }
            try set(OffloadRecord(before).changes(from: after))
            throw unheld(difference)
        }
    }

    /// Sees that they are still as asked.
    public func check() throws(ShapingError) {
        let changes = state.withLock { $0.changes }
        if let difference = OffloadPlan.difference(changes, try read()) { throw unheld(difference) }
    }

    /// Gives back what it had and reads back that it has; does nothing the second time.
    ///
    /// An interface that is gone has taken everything with it, and is said to be ``ShapingError/Code-swift.enum/absent``.
    public func undo() throws(ShapingError) {
        try state.withLock { (state) throws(ShapingError) in
            defer { state.lock = nil }
            state.isOver = true
            guard let before = state.before else { return }
            state.before = nil
            let link = try asking { () throws(NetlinkError) in try links.link(named: name) }
            // Another one of the same name is none of ours.
            guard link?.index == index else { throw InterfaceReader.removed(name, "changed") }
            try set(before.changes(from: try read()))
            guard let difference = before.difference(try read()) else { return }
            throw ShapingError(
                .leaked, "put back the offloads of", name, cause: difference,
                nextStep: "see them with `ethtool -k \(name)`")
        }
    }

    private func unheld(_ difference: String) -> ShapingError {
        ShapingError(
            .unverified, "have", condition.words, cause: "the kernel says that \(difference)",
            nextStep: "it may need another offload that is off, or somebody else changes it; see `ethtool -k \(name)`")
    }

    private func read() throws(ShapingError) -> OffloadState {
        try asking { () throws(NetlinkError) in try socket.state(ofLinkWithIndex: index, named: name) }
    }

    private func set(_ changes: [String: Bool]) throws(ShapingError) {
        try asking { () throws(NetlinkError) in try socket.set(changes, ofLinkWithIndex: index, named: name) }
    }

    private func asking<Value>(_ body: () throws(NetlinkError) -> Value) throws(ShapingError) -> Value {
        do throws(NetlinkError) { return try body() } catch { throw ShapingError(error) }
    }
}

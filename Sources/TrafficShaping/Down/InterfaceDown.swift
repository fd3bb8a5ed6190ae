public import Contract
import Glibc
public import LinuxHost
import Netlink
import Synchronization

/// Takes one interface of a namespace down, and brings it up again with all that went away with it.
///
/// The kernel drops the routes over an interface that goes down, its IPv6 addresses, and its permanent neighbours: each is kept as
/// the kernel listed it, and given back. Usable from any thread; undoing is possible at any time and more than once.
public final class InterfaceDown: Sendable {
    private struct State {
        var records: [InterfaceRecord]?
        var isOver = false
        var lock: ShapingLock?
    }

    private let name: String
    private let index: Int
    private let socket: NetlinkSocket
    private let state: Mutex<State>

    /// How long an interface may take until packets can leave by it again.
    private static let patience = Duration.seconds(2)

    /// Prepares to take down an interface of this namespace; refused where a shaping would be.
    public init(
        _ condition: LinkDown, in namespace: borrowing NetworkNamespace, protecting protected: [Int32] = []
    ) throws(ShapingError) {
        try ProtectedNamespaces.refuse(namespace, of: protected, shaping: condition.interface)
        name = condition.interface
        do throws(NetlinkError) {
            socket = try NetlinkSocket(in: namespace)
        } catch {
            throw ShapingError(error)
        }
        index = try InterfaceReader.usableLink(named: name, on: socket, to: "take down").index
        var records: [InterfaceRecord]?
        if let told = condition.restoring, !told.isEmpty {
            records = told.split(separator: "\n").compactMap { InterfaceRecord(text: String($0)) }
        }
        state = Mutex(
            State(
                records: records, lock: try ShapingLock("down", ofLinkWithIndex: index, named: name, in: namespace)))
    }

    /// What is on it now, a line each, so that somebody else can give it back.
    public func recordText() throws(ShapingError) -> String {
        try asking { () throws(NetlinkError) in
            try socket.records(ofLinkWithIndex: index).map(\.text).joined(separator: "\n")
        }
    }

    /// Takes it down and reads back that it is.
    public func apply() throws(ShapingError) {
        try state.withLock { (state) throws(ShapingError) in
            guard !state.isOver else {
                throw ShapingError(
                    .refused, "take down", name, cause: "this was undone already", nextStep: "begin another one")
            }
            guard state.records == nil else { return }
            guard try link()?.isUp == true else {
                throw ShapingError(
                    .foreign, "take down", name, cause: "it is down already",
                    nextStep: "bring it up with `ip link set \(name) up`, with the routes over it")
            }
            try asking { () throws(NetlinkError) in
                state.records = try socket.records(ofLinkWithIndex: index)
                try socket.setDown(name)
            }
            guard try link()?.isUp == false else {
                throw ShapingError(
                    .unverified, "take down", name, cause: "it is still up", nextStep: "see `ip link show \(name)`")
            }
        }
    }

    /// Brings it up, gives back what went away, and reads back that all is there; does nothing the second time.
    ///
    /// An interface that is gone has taken everything with it, and is said to be ``ShapingError/Code-swift.enum/absent``.
    public func undo() throws(ShapingError) {
        try state.withLock { (state) throws(ShapingError) in
            defer { state.lock = nil }
            state.isOver = true
            guard let records = state.records else { return }
            state.records = nil
            // Another one of the same name is none of ours.
            guard try link()?.index == index else { throw InterfaceReader.removed(name, "down") }
            try asking { () throws(NetlinkError) in try socket.setUp(name) }
            let refusal = try asking { () throws(NetlinkError) in
                try socket.restoreMissing(records, ofLinkWithIndex: index)
            }
            try waitUntilOperational()
            let there = try asking { () throws(NetlinkError) in try Set(socket.records(ofLinkWithIndex: index)) }
            let missing = records.filter { !there.contains($0) }
            guard !missing.isEmpty else { return }
            throw ShapingError(
                .leaked, "put back what was on", name,
                cause: "\(missing.count) of \(records.count) addresses, routes and neighbours are missing"
                    + (refusal.map { ": \($0.message)" } ?? ""),
                nextStep: "see `ip address show \(name)` and `ip route show table all`")
        }
    }

    /// Packets that are sent before that are lost, which would be seen after the end.
    private func waitUntilOperational() throws(ShapingError) {
        let end = ContinuousClock.now + Self.patience
        while try asking({ () throws(NetlinkError) in try !socket.isOperational(linkNamed: name) }),
            ContinuousClock.now < end
        { usleep(1_000) }
    }

    private func link() throws(ShapingError) -> Link? {
        try asking { () throws(NetlinkError) in try socket.link(named: name) }
    }

    private func asking<Value>(_ body: () throws(NetlinkError) -> Value) throws(ShapingError) -> Value {
        do throws(NetlinkError) { return try body() } catch { throw ShapingError(error) }
    }
}

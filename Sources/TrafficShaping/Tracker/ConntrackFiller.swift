import Contract
import Glibc
public import LinuxHost
import Netlink
import Synchronization

/// Keeps the connection tracker of a namespace full, and takes its own connections out again.
///
/// They end at the deadline by the kernel's own clock, whatever becomes of this process. A process that is killed leaves them until
/// then, with a rule that has the kernel look at packets: whoever fills the tracker next clears both away. Usable from any thread;
/// undoing is possible at any time and more than once.
public final class ConntrackFiller: Sendable {
    private struct State {
        var next: UInt32 = 0
        /// Connections that the kernel took.
        var told = 0
        var isOver = false
        var lock: ShapingLock?
    }

    private static let object = "the connection tracker"
    /// Between two looks at a tracker that is to stay full, in microseconds.
    private static let period: UInt32 = 50_000
    /// Our connections are taken out so often before it is said that some are left.
    private static let attempts = 3

    private let deadline: UInt64
    private let tracker: ConntrackSocket
    private let filters: PacketFilterSocket
    private let state: Mutex<State>

    /// Prepares to fill the tracker of this namespace; refused where a shaping would be.
    ///
    /// - Parameter deadline: When the kernel forgets the connections, on the monotonic clock in nanoseconds.
    public init(
        in namespace: borrowing NetworkNamespace, until deadline: UInt64, protecting protected: [Int32] = []
    ) throws(ShapingError) {
        try ProtectedNamespaces.refuse(namespace, of: protected, shaping: Self.object)
        self.deadline = deadline
        do throws(NetlinkError) {
            tracker = try ConntrackSocket(in: namespace)
            filters = try PacketFilterSocket(in: namespace)
        } catch {
            throw ShapingError(error)
        }
        // No link has this number: there is one tracker for all of them.
        state = Mutex(State(lock: try ShapingLock("conntrack", ofLinkWithIndex: 0, named: Self.object, in: namespace)))
    }

    /// What `nft -f -` has to read for it.
    public var text: String { TrackerRules.text }

    /// The table, as nft writes it.
    public var table: String { "\(TrackerRules.table)" }

    /// How many rules that count the text has.
    public var ruleCount: Int { TrackerRules.count }

    /// Clears away what was left by others who are gone, and sees whether the tracker can be filled.
    ///
    /// - Returns: What people should know of it.
    public func prepare() throws(ShapingError) -> [String] {
        try state.withLock { (state) throws(ShapingError) in
            try refuseIfOver(state)
            var remarks: [String] = []
            if try takeRulesAway() {
                remarks.append("the rules \(table) were left by somebody who was killed, and are gone now")
            }
            let left = try ours()
            if left > 0 {
                try takeEntriesOut()
                remarks.append("\(left) tracked connections were left by somebody who was killed, and are gone now")
            }
            try refuse(try counts(), memory: AvailableMemory.bytes())
            return remarks
        }
    }

    /// Fills it, and reads back that it is full.
    ///
    /// - Returns: How many connections that took; nil when it was over before.
    public func fill(within patience: Duration, until isOver: () -> Bool) throws(ShapingError) -> Int? {
        let end = ContinuousClock.now + patience
        while true {
            if isOver() { return nil }
            let counts = try step()
            if counts.entries >= counts.limit { return state.withLock { $0.told } }
            guard ContinuousClock.now < end else {
                throw ShapingError(
                    .system, "fill", Self.object,
                    cause: "it has \(counts.entries) of \(counts.limit) connections after \(patience)",
                    nextStep: "set net.netfilter.nf_conntrack_max of the machine lower, or use a faster one")
            }
        }
    }

    /// Keeps it full until it is over: connections of others end, and each makes room.
    public func hold(until isOver: () -> Bool) throws(ShapingError) {
        while !isOver() {
            usleep(Self.period)
            if !isOver() { _ = try step() }
        }
    }

    /// How many packets of new connections the namespace dropped so far, since it was made.
    public func drops() throws(ShapingError) -> UInt64 {
        try asking { () throws(NetlinkError) in try tracker.losses().dropped }
    }

    /// Takes rules and connections away, and reads back that none of them is left; does nothing once that is so.
    public func undo() throws(ShapingError) {
        try state.withLock { (state) throws(ShapingError) in
            state.isOver = true
            // Whoever fills it next has the lock, and what is there is theirs.
            guard state.lock != nil else { return }
            // Without the rule packets pass at once, where nobody else wants them tracked.
            _ = try takeRulesAway()
            try takeEntriesOut()
            state.lock = nil
        }
    }

    /// Tells it of as many connections as there is room for, some thousands at most; what there were before.
    private func step() throws(ShapingError) -> ConntrackCounts {
        try state.withLock { (state) throws(ShapingError) in
            try refuseIfOver(state)
            let counts = try counts()
            let room = counts.limit - counts.entries
            guard room > 0 || counts.limit == 0 else { return counts }
            try refuse(counts, memory: nil)
            let seconds = TrackerFill.timeoutSeconds(from: Clock.monotonicNanoseconds(), until: deadline)
            let first = state.next
            let entries = (0..<UInt32(min(room, TrackerFill.chunk))).map {
                TrackerFill.entry(first &+ $0, timeoutSeconds: seconds)
            }
            state.next = first &+ UInt32(entries.count)
            let outcome = try asking { () throws(NetlinkError) in try tracker.add(entries) }
            state.told += entries.count - outcome.refusals.count
            // Somebody else took the room or has the place in the table: the next look sees what is missing.
            let harmless = [ENOMEM, EEXIST, ENOSPC]
            if let refusal = outcome.refusals.first(where: { !harmless.contains($0.error.errno) }) {
                throw ShapingError(refusal.error)
            }
            return counts
        }
    }

    private func counts() throws(ShapingError) -> ConntrackCounts {
        try asking { () throws(NetlinkError) in try tracker.counts() }
    }

    private func ours() throws(ShapingError) -> Int {
        try asking { () throws(NetlinkError) in try tracker.count(mark: TrackerFill.mark) }
    }

    /// Whether there were any.
    private func takeRulesAway() throws(ShapingError) -> Bool {
        try asking { () throws(NetlinkError) in
            guard try filters.tables().contains(TrackerRules.table) else { return false }
            try filters.delete(TrackerRules.table)
            return true
        }
    }

    private func takeEntriesOut() throws(ShapingError) {
        var left = 0
        for _ in 0..<Self.attempts {
            try asking { () throws(NetlinkError) in try tracker.delete(mark: TrackerFill.mark) }
            left = try ours()
            if left == 0 { return }
        }
        throw ShapingError(
            .leaked, "take out of", Self.object, cause: "\(left) connections of ours are still there",
            nextStep: "remove them with `conntrack -D --mark \(TrackerFill.mark)`, or wait until they end by themselves"
        )
    }

    private func refuse(_ counts: ConntrackCounts, memory: UInt64?) throws(ShapingError) {
        guard let refusal = TrackerFill.refusal(counts, memory: memory) else { return }
        throw ShapingError(.refused, "fill", Self.object, cause: refusal.cause, nextStep: refusal.nextStep)
    }

    private func refuseIfOver(_ state: State) throws(ShapingError) {
        guard state.isOver else { return }
        throw ShapingError(
            .refused, "fill", Self.object, cause: "this was undone already", nextStep: "begin another one")
    }

    private func asking<Value>(_ body: () throws(NetlinkError) -> Value) throws(ShapingError) -> Value {
        do throws(NetlinkError) { return try body() } catch { throw ShapingError(error) }
    }
}

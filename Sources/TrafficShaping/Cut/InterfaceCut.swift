public import Contract
import Glibc
public import LinuxHost
import Netlink
import Synchronization

/// Holds a cut of one interface: what is loaded for it, and how it is taken away.
///
/// The rules are a table of their own, so that those of others stay as they are, and several cuts get along. Usable from any thread;
/// undoing is possible at any time and more than once. A process that is killed undoes nothing: whoever cuts next in the namespace
/// finds the tables of those who are gone, and clears them away.
public final class InterfaceCut: Sendable {
    private struct State {
        var segments: UInt32?
        var isOver = false
    }

    private let rules: CutRules
    private let index: Int
    private let links: NetlinkSocket
    private let filters: PacketFilterSocket
    private let state = Mutex(State())

    /// Prepares the cut of an interface of this namespace; refused where a shaping would be.
    public init(
        _ cut: TrafficCut, in namespace: borrowing NetworkNamespace, protecting protected: [Int32] = []
    ) throws(ShapingError) {
        try ProtectedNamespaces.refuse(namespace, of: protected, shaping: cut.interface)
        rules = CutRules(cut, holder: getpid())
        do throws(NetlinkError) {
            links = try NetlinkSocket(in: namespace)
            filters = try PacketFilterSocket(in: namespace)
        } catch {
            throw ShapingError(error)
        }
        index = try InterfaceReader.usableLink(named: cut.interface, on: links, to: "cut").index
    }

    /// What `nft -f -` has to read for it.
    public var text: String { rules.text }

    /// The table, as nft writes it, such as `netdev nm-cut-12`.
    public var table: String { "\(rules.table)" }

    /// How many rules that count and take packets the text has.
    public var ruleCount: Int { rules.count }

    /// Clears away what others left who are gone, and has packets cut to their size before the rules see them.
    ///
    /// - Returns: What people should know of it.
    public func prepare() throws(ShapingError) -> [String] {
        try state.withLock { (state) throws(ShapingError) in
            guard !state.isOver else {
                throw ShapingError(
                    .refused, "cut", rules.cut.interface, cause: "this cut was undone already",
                    nextStep: "begin another one")
            }
            do throws(NetlinkError) {
                var remarks: [String] = []
                for table in try filters.tables() {
                    guard let holder = CutRules.holder(of: table),
                        holder == getpid() || !ProcessStatus.isRunning(holder)
                    else {
                        continue
                    }
                    try filters.delete(table)
                    remarks.append("the rules \(table) were left by somebody who was killed, and are gone now")
                }
                // Several packets that a link cuts apart are one packet up to there, which would be above the size.
                let limits = try links.segmentationLimits(ofLinkWithIndex: index)
                if rules.cut.above != nil, rules.cut.direction.hasEgress, limits.segments > 1 {
                    try links.setMaximumSegments(1, ofLinkWithIndex: index)
                    state.segments = limits.segments
                }
                return remarks
            } catch {
                throw ShapingError(error)
            }
        }
    }

    /// Takes the rules away and puts back what was there, and reads back that it is so; does nothing the second time.
    public func undo() throws(ShapingError) {
        try state.withLock { (state) throws(ShapingError) in
            state.isOver = true
            let isLeft: Bool
            do throws(NetlinkError) {
                if try filters.tables().contains(rules.table) { try filters.delete(rules.table) }
                if let segments = state.segments {
                    state.segments = nil
                    // An interface that is gone has taken it along.
                    do throws(NetlinkError) {
                        try links.setMaximumSegments(segments, ofLinkWithIndex: index)
                    } catch  where error.isAbsent {}
                }
                isLeft = try filters.tables().contains(rules.table)
            } catch {
                throw ShapingError(error)
            }
            if isLeft { throw leaked() }
        }
    }

    private func leaked() -> ShapingError {
        ShapingError(
            .leaked, "take away", "the rules \(rules.table)", cause: "they are still there",
            nextStep: "see them with `nft list ruleset`, and remove them with `nft delete table \(rules.table)`")
    }
}

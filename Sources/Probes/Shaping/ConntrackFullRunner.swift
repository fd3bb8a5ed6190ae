import Contract
import LinuxHost
import TrafficShaping

/// Keeps the connection tracker of its namespace full until it is stopped, and says how many packets that cost.
enum ConntrackFullRunner: ProbeRunner {
    /// How long what nft may have begun is waited for when the run is gone.
    private static let patience = Duration.milliseconds(50)
    /// Before it is filled: connections that speak meanwhile are tracked, where nothing was tracked before, and go on.
    private static let notice = Duration.milliseconds(500)

    static func run(_ condition: ConntrackFull, in context: ProbeContext) async throws(ProbeFailure) {
        let owners = ConditionThread.owners
        let (stop, deadline) = (context.stop, context.deadline)
        let filler = try await ConditionThread.run { () throws(ShapingError) in
            try ConntrackFiller(in: try ConditionThread.namespace(), until: deadline, protecting: owners)
        }
        let will = Lifeline.bequeath {
            // An nft under way could load the rule behind our back.
            Descendants.kill(patience: patience)
            try? filler.undo()
        }
        defer { Lifeline.revoke(will) }
        let drops: UInt64
        do throws(ProbeFailure) {
            let filled = try await fill(filler, condition, context)
            context.output.emit(.ready(port: 0, tool: "ctnetlink", version: "1"))
            drops = try await ConditionThread.run { () throws(ShapingError) in
                try filler.hold { stop.isTripped }
                return try filler.drops() - filled.drops
            }
            try await ConditionThread.run { () throws(ShapingError) in try filler.undo() }
            if stop.reason == .deadline { throw ProbeFailure.interrupted(stop) }
            context.output.emit(.sample(metric: ConditionMetrics.trackerEntries.name, value: Double(filled.entries)))
            context.output.emit(.sample(metric: ConditionMetrics.trackerFill.name, value: filled.seconds))
        } catch {
            try? await ConditionThread.run { () throws(ShapingError) in try filler.undo() }
            throw error
        }
        context.output.emit(.sample(metric: ConditionMetrics.trackerDrops.name, value: Double(drops)))
    }

    /// What filling the tracker came to.
    private struct Filled {
        let entries: Int
        let seconds: Double
        /// Packets that were dropped before.
        let drops: UInt64
    }

    private static func fill(
        _ filler: ConntrackFiller, _ condition: ConntrackFull, _ context: ProbeContext
    ) async throws(ProbeFailure) -> Filled {
        let remarks = try await ConditionThread.run { () throws(ShapingError) in try filler.prepare() }
        for remark in remarks { context.output.emit(.remark(remark)) }
        try await RuleLoader.load(filler.text, what: "the rule that has connections tracked")
        let loaded = try await RuleLoader.counters(of: filler.table)
        guard loaded.count == filler.ruleCount else {
            throw ProbeFailure(
                .unverified,
                "the kernel has \(loaded.count) rules in \(filler.table) where \(filler.ruleCount) were loaded")
        }
        try? await Task.sleep(for: notice)
        let (longest, stop) = (condition.longestStart, context.stop)
        let filled = try await ConditionThread.run { () throws(ShapingError) -> Filled? in
            let drops = try filler.drops()
            let start = Clock.monotonicNanoseconds()
            return try filler.fill(within: longest, until: { stop.isTripped }).map {
                Filled(entries: $0, seconds: Double(Clock.monotonicNanoseconds() - start) / 1e9, drops: drops)
            }
        }
        guard let filled else { throw ProbeFailure.interrupted(stop) }
        return filled
    }
}

import Contract
import LinuxHost
import TrafficShaping

/// Keeps packets of an interface from going on until it is stopped, and says how many it took.
enum TrafficCutRunner: ProbeRunner {
    /// How long what nft may have begun is waited for when the run is gone.
    private static let patience = Duration.milliseconds(50)

    static func run(_ condition: TrafficCut, in context: ProbeContext) async throws(ProbeFailure) {
        let owners = ConditionThread.owners
        let cut = try await ConditionThread.run { () throws(ShapingError) in
            try InterfaceCut(condition, in: try ConditionThread.namespace(), protecting: owners)
        }
        let will = Lifeline.bequeath {
            // An nft under way could load the rules behind our back.
            Descendants.kill(patience: patience)
            try? cut.undo()
        }
        defer { Lifeline.revoke(will) }
        do throws(ProbeFailure) {
            let remarks = try await ConditionThread.run { () throws(ShapingError) in try cut.prepare() }
            for remark in remarks { context.output.emit(.remark(remark)) }
            try await RuleLoader.load(cut.text, what: "the rules of a cut")
            let loaded = try await RuleLoader.counters(of: cut.table)
            guard loaded.count == cut.ruleCount else {
                throw ProbeFailure(
                    .unverified,
                    "the kernel has \(loaded.count) rules in \(cut.table) where \(cut.ruleCount) were loaded")
            }
        } catch {
            try? await ConditionThread.run { () throws(ShapingError) in try cut.undo() }
            throw error
        }
        context.output.emit(.ready(port: 0, tool: "nft", version: "1"))
        await context.stop.wait()
        let counted = try? await RuleLoader.counters(of: cut.table)
        try await ConditionThread.run { () throws(ShapingError) in try cut.undo() }
        if context.stop.reason == .deadline { throw ProbeFailure.interrupted(context.stop) }
        if let counted {
            let packets = counted.reduce(0, +)
            context.output.emit(.sample(metric: ConditionMetrics.cutPackets.name, value: Double(packets)))
        }
    }
}

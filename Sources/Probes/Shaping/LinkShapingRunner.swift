import Contract
import LinuxHost
import TrafficShaping

/// Shapes an interface of its namespace until it is stopped, and puts back what was there.
///
/// It undoes at its stop, at its deadline, and when the run's process dies, before this process goes (``Lifeline/bequeath(_:)``). Only
/// `kill -9` of the agent itself leaves the shaping: the namespace is the run's own and goes with it, and the next shaping of the
/// interface clears it away.
enum LinkShapingRunner: ProbeRunner {
    static func run(_ shaping: LinkShaping, in context: ProbeContext) async throws(ProbeFailure) {
        let owners = ConditionThread.owners
        let shaper = try await ConditionThread.run { () throws(ShapingError) in
            try InterfaceShaper(shaping, in: try ConditionThread.namespace(), protecting: owners)
        }
        let will = Lifeline.bequeath { try? shaper.undo() }
        defer { Lifeline.revoke(will) }
        let remarks = try await ConditionThread.run { () throws(ShapingError) in try shaper.apply() }
        for remark in remarks { context.output.emit(.remark(remark)) }
        context.output.emit(.ready(port: 0, tool: "netem", version: "1"))
        await context.stop.wait()
        let counters = try? await ConditionThread.run { () throws(ShapingError) in try shaper.counters() }
        try await ConditionThread.run { () throws(ShapingError) in try shaper.undo() }
        if context.stop.reason == .deadline { throw ProbeFailure.interrupted(context.stop) }
        for direction in [ShapingDirection.egress, .ingress] {
            guard let counted = counters?[direction] else { continue }
            emit(ConditionMetrics.shapedPackets(direction), counted.packets, context)
            emit(ConditionMetrics.shapedDrops(direction), counted.drops, context)
        }
    }

    private static func emit(_ metric: Metric, _ count: UInt64, _ context: ProbeContext) {
        context.output.emit(.sample(metric: metric.name, value: Double(count)))
    }
}

import Contract
import LinuxHost
import TrafficShaping

/// Keeps offloads of an interface of its namespace as asked until it is stopped, and gives back those that it had.
enum OffloadsRunner: ProbeRunner {
    static func run(_ condition: Offloads, in context: ProbeContext) async throws(ProbeFailure) {
        let owners = ConditionThread.owners
        let offloads = try await ConditionThread.run { () throws(ShapingError) in
            try InterfaceOffloads(condition, in: try ConditionThread.namespace(), protecting: owners)
        }
        if condition.restoring != nil {
            context.output.emit(.ready(port: 0, tool: "ethtool", version: "1"))
            try await ConditionThread.run { () throws(ShapingError) in try offloads.undo() }
            return
        }
        let before = try await ConditionThread.run { () throws(ShapingError) in try offloads.recordText() }
        context.output.emit(.artifact(name: Offloads.artifact, mediaType: "text/plain", text: before))
        let will = Lifeline.bequeath { try? offloads.undo() }
        defer { Lifeline.revoke(will) }
        do throws(ProbeFailure) {
            let remarks = try await ConditionThread.run { () throws(ShapingError) in try offloads.apply() }
            for remark in remarks { context.output.emit(.remark(remark)) }
        } catch {
            try? await ConditionThread.run { () throws(ShapingError) in try offloads.undo() }
            throw error
        }
        context.output.emit(.ready(port: 0, tool: "ethtool", version: "1"))
        await context.stop.wait()
        let unheld: ProbeFailure?
        do throws(ProbeFailure) {
            try await ConditionThread.run { () throws(ShapingError) in try offloads.check() }
            unheld = nil
        } catch {
            unheld = error
        }
        try await ConditionThread.run { () throws(ShapingError) in try offloads.undo() }
        if let unheld { throw unheld }
        if context.stop.reason == .deadline { throw ProbeFailure.interrupted(context.stop) }
    }
}

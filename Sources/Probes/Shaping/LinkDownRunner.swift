import Contract
import LinuxHost
import TrafficShaping

/// Keeps an interface of its namespace down until it is stopped, and brings it up with all that went away with it.
enum LinkDownRunner: ProbeRunner {
    static func run(_ condition: LinkDown, in context: ProbeContext) async throws(ProbeFailure) {
        let owners = ConditionThread.owners
        let down = try await ConditionThread.run { () throws(ShapingError) in
            try InterfaceDown(condition, in: try ConditionThread.namespace(), protecting: owners)
        }
        if condition.restoring != nil {
            context.output.emit(.ready(port: 0, tool: "linkDown", version: "1"))
            try await ConditionThread.run { () throws(ShapingError) in try down.undo() }
            return
        }
        let before = try await ConditionThread.run { () throws(ShapingError) in try down.recordText() }
        context.output.emit(.artifact(name: LinkDown.artifact, mediaType: "text/plain", text: before))
        let will = Lifeline.bequeath { try? down.undo() }
        defer { Lifeline.revoke(will) }
        do throws(ProbeFailure) {
            try await ConditionThread.run { () throws(ShapingError) in try down.apply() }
        } catch {
            try? await ConditionThread.run { () throws(ShapingError) in try down.undo() }
            throw error
        }
        context.output.emit(.ready(port: 0, tool: "linkDown", version: "1"))
        await context.stop.wait()
        try await ConditionThread.run { () throws(ShapingError) in try down.undo() }
        if context.stop.reason == .deadline { throw ProbeFailure.interrupted(context.stop) }
    }
}

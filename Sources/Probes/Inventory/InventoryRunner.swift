import Contract
import NodeInventory

/// Looks at the network it was started in, once.
enum InventoryRunner: ProbeRunner {
    static func run(_ probe: InventoryProbe, in context: ProbeContext) async throws(ProbeFailure) {
        let snapshot: NodeSnapshot
        do {
            snapshot = try await NodeSnapshot.takeOfNetwork()
        } catch {
            throw ProbeFailure(error)
        }
        context.output.emit(
            .artifact(
                name: InventoryProbe.artifact, mediaType: "text/plain",
                text: snapshot.things.sorted().joined(separator: "\n")))
    }
}

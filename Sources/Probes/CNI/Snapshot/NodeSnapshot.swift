import ContainerNetworking
import Contract
import Foundation

/// What there is on a node that a pod's attachment can leave behind: links, addresses, routes, rules, settings, files.
struct NodeSnapshot: Sendable, Equatable {
    /// One thing each, such as `link veth0 of kind veth`.
    var things: Set<String>

    /// What is here and was not there before, sorted.
    func surplus(over before: NodeSnapshot) -> [String] { things.subtracting(before.things).sorted() }

    /// Looks at the namespace of this process, at the files of its run, and at what plugins remember of its pods.
    ///
    /// `uplinks` are links whose own settings are looked at, beside those of bridges and the like.
    static func take(
        _ operations: CNIOperations, state: PluginState, uplinks: Set<String>
    ) async throws(ProbeFailure) -> NodeSnapshot {
        var things = try KernelThings.list()
        things.formUnion(SettingThings.list(uplinks: uplinks))
        things.formUnion(files(below: operations.directory))
        // Others keep their state there, too, and may change it at any time.
        things.formUnion(
            state.files(ofContainersWith: operations.containerPrefix).map { "file \($0.path) of \($0.container)" }
        )
        things.formUnion(try await PacketFilter.things())
        return NodeSnapshot(things: things)
    }

    private static func files(below root: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return paths.map { "file \(root)/\($0)" }
    }
}

public import ContainerNetworking
import Foundation

/// What there is on a node that a pod's attachment can leave behind: links, addresses, routes, rules, settings, files.
public struct NodeSnapshot: Sendable, Equatable {
    /// One thing each, such as `link veth0 of kind veth`.
    public var things: Set<String>

    /// Things that are known already.
    public init(things: Set<String>) {
        self.things = things
    }

    /// What is here and was not there before, sorted.
    public func surplus(over before: NodeSnapshot) -> [String] { things.subtracting(before.things).sorted() }

    /// Looks at the namespace of this process, at the files of its run, and at what plugins remember of its pods.
    ///
    /// - Parameters:
    ///   - directory: where the files of the run are.
    ///   - prefix: what the IDs of its pods' containers begin with.
    ///   - state: where plugins remember containers.
    ///   - uplinks: links whose own settings are looked at, beside those of bridges and the like.
    /// - Throws: ``InventoryError`` of what could not be listed.
    public static func take(
        directory: String, containersWith prefix: String, state: PluginState, uplinks: Set<String>
    ) async throws(InventoryError) -> NodeSnapshot {
        var things = try KernelThings.list()
        things.formUnion(SettingThings.list(uplinks: uplinks))
        things.formUnion(files(below: directory))
        // Others keep their state there, too, and may change it at any time.
        things.formUnion(
            state.files(ofContainersWith: prefix).map { "file \($0.path) of \($0.container)" }
        )
        things.formUnion(try await PacketFilter.things())
        return NodeSnapshot(things: things)
    }

    /// Looks at the network namespace of this process alone, with the settings of all of its links.
    public static func takeOfNetwork() async throws(InventoryError) -> NodeSnapshot {
        var things = try KernelThings.list()
        things.formUnion(SettingThings.list(uplinks: ["lo", "eth0"]))
        things.formUnion(try await PacketFilter.things())
        return NodeSnapshot(things: things)
    }

    private static func files(below root: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return paths.map { "file \(root)/\($0)" }
    }
}

import JSON

/// A network as an administrator describes it: a name, a version and the plugins that make it, in order.
///
/// The form is the specification's network configuration list (`.conflist`). Members this type does not know, in the
/// list and in the plugins, are kept and written back.
public struct NetworkConfigurationList: Sendable, Hashable {
    /// The version of the specification that all plugins are spoken to in.
    public let version: CNIVersion
    /// What plugins and records know the network by: letters, digits, `_`, `.` and `-`.
    public let name: String
    /// Whether `CHECK` is to be left out, because a plugin is known to get it wrong.
    public let disableCheck: Bool
    /// Whether `GC` is to be left out, because somebody else uses the plugins, too.
    public let disableGC: Bool
    /// The plugins in the order of `ADD`; each is an object with at least `type`.
    public let plugins: [JSONValue]

    /// The whole list as it was read.
    private let document: [String: JSONValue]

    /// The version as text, such as `1.0.0`.
    public var cniVersion: String { version.rawValue }

    /// Reads a list, or the older form of a single plugin (`.conf`), which becomes a list of one.
    ///
    /// - Parameters:
    ///   - json: The text of the list.
    ///   - pluginFiles: The plugins of the network of that name in files beside the list, which come after those in the
    ///     list; asked unless the list has `loadOnlyInlinedPlugins`.
    /// - Throws: ``CNIError`` of the kind `invalidConfiguration` or `unsupportedVersion`, with the place.
    public init(
        json: String,
        pluginFiles: (_ network: String) throws(CNIError) -> [JSONValue] = { _ in [] }
    ) throws(CNIError) {
        let reading: ListReading
        do throws(JSONError) {
            let root = try Self.parse(json)
            reading = try ListReading(root)
        } catch {
            throw Self.refusal("", error.reason, at: error.position)
        }
        var members = reading.members
        var plugins = reading.plugins
        if !reading.isSelfContained { plugins += try pluginFiles(reading.name) }
        guard !plugins.isEmpty else {
            throw Self.refusal(
                reading.name, "expected plugins, an array of at least one plugin", at: reading.root.position)
        }
        if plugins.count > reading.plugins.count { members["plugins"] = .array(plugins) }
        version = try Self.newest(of: reading)
        name = reading.name
        disableCheck = reading.disableCheck
        disableGC = reading.disableGC
        self.plugins = plugins
        document = members
    }

    /// Reads a list from a value.
    ///
    /// - Throws: ``CNIError`` of the kind `invalidConfiguration` or `unsupportedVersion`.
    public init(_ value: JSONValue) throws(CNIError) {
        try self.init(json: value.text)
    }

    /// The list as a value, with everything that was read.
    public var value: JSONValue { .object(document) }

    /// The list as JSON text in one line, with everything that was read.
    public func json() -> String { value.text }

    /// Whether the plugins are asked with `STATUS`.
    public var hasStatus: Bool { version.hasStatus }

    /// Whether the plugins are asked with `CHECK`.
    public var hasCheck: Bool { version.hasCheck && !disableCheck }

    /// Whether the plugins are asked with `GC`.
    public var hasGarbageCollection: Bool { version.hasStatus && !disableGC }

    /// The types of all plugins that are started for this network, the delegated IPAM plugins among them.
    public var pluginTypes: [String] {
        var types: [String] = []
        for plugin in plugins {
            for type in [plugin["type"]?.string, plugin["ipam"]?["type"]?.string].compactMap({ $0 })
            where !type.isEmpty && !types.contains(type) {
                types.append(type)
            }
        }
        return types
    }

    private static func parse(_ json: String) throws(JSONError) -> JSONNode {
        do throws(JSONError) {
            return try JSONNode(parsing: json)
        } catch {
            throw JSONError("this is not JSON: \(error.reason)", at: error.position)
        }
    }

    /// The newest version this runtime speaks among `cniVersions` (1.1.0) and `cniVersion`.
    private static func newest(of reading: ListReading) throws(CNIError) -> CNIVersion {
        if let version = reading.offered.compactMap({ CNIVersion(rawValue: $0.text) }).max() { return version }
        let found = reading.offered.map(\.text).joined(separator: ", ")
        throw CNIError(
            plugin: reading.name,
            command: nil,
            kind: .unsupportedVersion,
            msg: "cniVersion \(found) is not supported by this program, which supports \(CNIVersion.known)",
            position: reading.offered.last?.position
        )
    }

    private static func refusal(_ name: String, _ message: String, at position: JSONPosition) -> CNIError {
        CNIError(
            plugin: name.isEmpty ? "network configuration list" : name,
            command: nil,
            kind: .invalidConfiguration,
            msg: message,
            position: position
        )
    }
}

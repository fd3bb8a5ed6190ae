/// A network as an administrator describes it: a name, a version and the plugins that make it, in order.
///
/// The form is the specification's network configuration list (`.conflist`). Members this type does not know, in the
/// list and in the plugins, are kept and written back.
public struct NetworkConfigurationList: Sendable, Hashable {
    /// The version of the specification that all plugins are spoken to in.
    public let version: CNIVersion
    /// The name of the network.
    public let name: String
    /// Whether `CHECK` is to be left out, because a plugin is known to get it wrong.
    public let disableCheck: Bool
    /// The plugins in the order of `ADD`; each is an object with at least `type`.
    public let plugins: [JSONValue]

    /// The whole list as it was read.
    private let document: [String: JSONValue]

    /// The version as text, such as `1.0.0`.
    public var cniVersion: String { version.rawValue }

    /// Reads a list, or the older form of a single plugin (`.conf`), which becomes a list of one.
    ///
    /// - Throws: ``CNIError`` of the kind `invalidConfiguration` or `unsupportedVersion`.
    public init(json: String) throws(CNIError) {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: json)
        } catch {
            throw Self.refusal("", "\(error)")
        }
        try self.init(value)
    }

    /// Reads a list from a value.
    ///
    /// - Throws: ``CNIError`` of the kind `invalidConfiguration` or `unsupportedVersion`.
    public init(_ value: JSONValue) throws(CNIError) {
        guard case .object(var members) = value else { throw Self.refusal("", "expected an object") }
        guard let name = members["name"]?.string, Identifier.isValid(name) else {
            throw Self.refusal("", "expected a name of \(Identifier.expectation), found \(Self.shown(members["name"]))")
        }
        if members["plugins"] == nil, members["type"] != nil {
            members = [
                "cniVersion": members["cniVersion"] ?? .null, "name": .string(name), "plugins": .array([value]),
            ]
        }
        guard let plugins = members["plugins"]?.array, !plugins.isEmpty else {
            throw Self.refusal(name, "expected plugins, an array of at least one plugin")
        }
        for (index, plugin) in plugins.enumerated() {
            // The type becomes a file name in a plugin directory.
            guard let type = plugin["type"]?.string, !type.isEmpty, ![".", ".."].contains(type),
                !type.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 })
            else {
                let found = Self.shown(plugin["type"])
                throw Self.refusal(name, "plugins[\(index)].type: expected the name of a plugin, found \(found)")
            }
        }
        version = try Self.version(of: members, name: name)
        disableCheck = try Self.flag("disableCheck", in: members, name: name)
        self.name = name
        self.plugins = plugins
        document = members
    }

    /// The list as a value, with everything that was read.
    public var value: JSONValue { .object(document) }

    /// The list as JSON text in one line, with everything that was read.
    public func json() -> String { value.text }

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

    /// The newest version this runtime speaks among `cniVersions` (1.1.0), or else `cniVersion`.
    private static func version(of members: [String: JSONValue], name: String) throws(CNIError) -> CNIVersion {
        let several = members["cniVersions"]?.array?.compactMap(\.string) ?? []
        let offered = several + [members["cniVersion"]?.string].compactMap { $0 }
        guard !offered.isEmpty else {
            throw refusal(name, "expected cniVersion, one of \(CNIVersion.known)")
        }
        guard let version = offered.compactMap({ CNIVersion(rawValue: $0) }).max() else {
            let found = offered.joined(separator: ", ")
            throw CNIError(
                plugin: name,
                command: nil,
                kind: .unsupportedVersion,
                msg: "cniVersion \(found) is not supported by this program, which supports \(CNIVersion.known)"
            )
        }
        return version
    }

    /// Reads a flag; the specification's own library also takes the words.
    private static func flag(
        _ flag: String,
        in members: [String: JSONValue],
        name: String
    ) throws(CNIError) -> Bool {
        switch members[flag] {
        case nil, .bool(false), .string("false"): return false
        case .bool(true), .string("true"): return true
        case let other: throw refusal(name, "\(flag): expected true or false, found \(shown(other))")
        }
    }

    private static func refusal(_ name: String, _ message: String) -> CNIError {
        CNIError(
            plugin: name.isEmpty ? "network configuration list" : name,
            command: nil,
            kind: .invalidConfiguration,
            msg: message
        )
    }

    private static func shown(_ value: JSONValue?) -> String {
        value.map { String($0.text.prefix(80)) } ?? "nothing"
    }
}

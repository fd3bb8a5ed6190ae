import JSON

/// Reads the members of a network configuration list as libcni does: what that refuses is refused here, with the place.
///
/// Members that nobody knows are kept. A single plugin, the older form, becomes a list of one.
struct ListReading {
    let root: JSONNode
    let name: String
    /// Versions that the list offers, with their places; at least one.
    let offered: [(text: String, position: JSONPosition)]
    let disableCheck: Bool
    let disableGC: Bool
    /// Whether all plugins are in the list itself, so that no files beside it are looked at.
    let isSelfContained: Bool
    /// The plugins of the list itself; empty when they all come from files.
    let plugins: [JSONValue]
    /// The members of the list as values.
    let members: [String: JSONValue]

    init(_ root: JSONNode) throws(JSONError) {
        _ = try root.members()
        self.root = root
        name = try Self.name(root)
        let isSingle = root["plugins"] == nil && root["type"] != nil
        offered = try Self.versions(root)
        disableCheck = try Self.flag("disableCheck", root)
        disableGC = try Self.flag("disableGC", root)
        let loadsNoFiles = try Self.flag("loadOnlyInlinedPlugins", root)
        isSelfContained = isSingle || loadsNoFiles
        let inline = isSingle ? [root] : try Self.plugins(root, areAll: loadsNoFiles)
        for (index, plugin) in inline.enumerated() {
            try PluginReading(node: plugin, path: isSingle ? "" : "plugins[\(index)].").check()
        }
        plugins = inline.map(JSONValue.init)
        guard isSingle, case .object(let own) = JSONValue(root) else {
            members = Dictionary(try root.members().map { ($0.name, JSONValue($0.value)) }) { _, last in last }
            return
        }
        // What is said of the list goes with it: otherwise a list that was written and read again would say less.
        let said = own.filter { ["cniVersion", "cniVersions", "disableCheck", "disableGC"].contains($0.key) }
        members = said.merging(["name": .string(name), "plugins": .array(plugins)]) { _, made in made }
    }

    private static func name(_ root: JSONNode) throws(JSONError) -> String {
        guard let node = root["name"] else {
            throw JSONError("expected a name of \(Identifier.expectation), found nothing", at: root.position)
        }
        guard case .string(let text) = node.value, Identifier.isValid(text) else {
            throw node.unexpected("a name of \(Identifier.expectation)")
        }
        return text
    }

    private static func versions(_ root: JSONNode) throws(JSONError) -> [(text: String, position: JSONPosition)] {
        var offered: [(text: String, position: JSONPosition)] = []
        for node in try root["cniVersions"]?.elements() ?? [] { offered.append((try version(node), node.position)) }
        if let node = root["cniVersion"] { offered.append((try version(node), node.position)) }
        guard !offered.isEmpty else {
            throw JSONError("expected cniVersion, one of \(CNIVersion.known)", at: root.position)
        }
        return offered
    }

    /// One to three whole numbers with points between them, as libcni reads versions.
    private static func version(_ node: JSONNode) throws(JSONError) -> String {
        let text = try node.text()
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else {
            throw node.unexpected("a version, one of \(CNIVersion.known)")
        }
        return text
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// A truth value, or the word for it in any case: the specification's own library takes both.
    private static func flag(_ flag: String, _ root: JSONNode) throws(JSONError) -> Bool {
        guard let node = root[flag] else { return false }
        switch node.value {
        case .bool(let isTrue): return isTrue
        case .string(let text) where text.lowercased() == "true": return true
        case .string(let text) where text.lowercased() == "false": return false
        default: throw JSONError("\(flag): expected true or false, found \(node.found)", at: node.position)
        }
    }

    private static func plugins(_ root: JSONNode, areAll: Bool) throws(JSONError) -> [JSONNode] {
        guard let node = root["plugins"] else {
            guard !areAll else {
                throw JSONError("loadOnlyInlinedPlugins is set, but there are no plugins", at: root.position)
            }
            return []
        }
        guard case .array(let plugins) = node.value, !plugins.isEmpty else {
            throw JSONError("expected plugins, an array of at least one plugin, found \(node.found)", at: node.position)
        }
        return plugins
    }
}

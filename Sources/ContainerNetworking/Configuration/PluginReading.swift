import JSON

/// Checks what a runtime reads of a plugin's configuration; the rest is the plugin's own business.
struct PluginReading {
    let node: JSONNode
    /// What stands before the names of members in messages, such as `plugins[1].`.
    let path: String

    func check() throws(JSONError) {
        guard case .object = node.value else {
            throw JSONError("\(path.dropLast()): expected a plugin, an object, found \(node.found)", at: node.position)
        }
        try checkType()
        for member in try members(of: node, "capabilities") {
            guard case .bool = member.value.value else {
                throw wrong("capabilities.\(member.name)", "true or false", member.value)
            }
        }
        for member in try members(of: node, "ipam") where member.name == "type" {
            // It is started by its type, too; an empty one stands for none.
            guard case .string(let text) = member.value.value, text.isEmpty || Self.isFileName(text) else {
                throw wrong("ipam.type", "the name of a plugin", member.value)
            }
        }
        for member in try members(of: node, "dns") { try checkNames(member) }
    }

    /// The type becomes a file name in a plugin directory.
    private func checkType() throws(JSONError) {
        guard let type = node["type"] else {
            throw JSONError("\(path)type: expected the name of a plugin, found nothing", at: node.position)
        }
        guard case .string(let text) = type.value, Self.isFileName(text) else {
            throw wrong("type", "the name of a plugin", type)
        }
    }

    private static func isFileName(_ text: String) -> Bool {
        !text.isEmpty && ![".", ".."].contains(text) && !text.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }

    private func checkNames(_ member: JSONMember) throws(JSONError) {
        switch (member.name, member.value.value) {
        case (_, .null): return
        case ("domain", .string): return
        case ("nameservers", .array(let elements)), ("search", .array(let elements)), ("options", .array(let elements)):
            for element in elements {
                guard case .string = element.value else { throw wrong("dns.\(member.name)", "strings", element) }
            }
        case ("domain", _): throw wrong("dns.domain", "a string", member.value)
        case ("nameservers", _), ("search", _), ("options", _):
            throw wrong("dns.\(member.name)", "an array", member.value)
        default: return
        }
    }

    /// The members of an object that may be missing or null.
    private func members(of node: JSONNode, _ name: String) throws(JSONError) -> [JSONMember] {
        guard let value = node[name] else { return [] }
        switch value.value {
        case .null: return []
        case .object(let members): return members
        default: throw wrong(name, "an object", value)
        }
    }

    private func wrong(_ name: String, _ expectation: String, _ node: JSONNode) -> JSONError {
        JSONError("\(path)\(name): expected \(expectation), found \(node.found)", at: node.position)
    }
}

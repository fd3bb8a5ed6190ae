import Processes

/// One call of one plugin: environment and standard input as the specification has them; pure.
struct PluginRequest: Sendable {
    let command: CNICommand
    let list: NetworkConfigurationList
    let plugin: JSONValue
    let attachment: Attachment
    let previous: CNIResult?
    let pluginDirectories: [String]

    var type: String { plugin["type"]?.string ?? "" }

    var environment: [String: String] {
        [
            "CNI_COMMAND": command.rawValue,
            "CNI_CONTAINERID": attachment.containerID,
            "CNI_NETNS": attachment.namespacePath,
            "CNI_IFNAME": attachment.interfaceName,
            "CNI_ARGS": attachment.argumentText,
            "CNI_PATH": pluginDirectories.joined(separator: ":"),
        ]
    }

    /// The plugin's object with the name and version of the list, the previous result, and the values of the
    /// capabilities that it declares and the caller gives.
    var input: String {
        guard case .object(var members) = plugin else { return "" }
        members["name"] = .string(list.name)
        members["cniVersion"] = .string(list.cniVersion)
        members["prevResult"] = previous?.document
        members["runtimeConfig"] = runtimeConfiguration(declared: members.removeValue(forKey: "capabilities"))
        return JSONValue.object(members).text
    }

    private func runtimeConfiguration(declared: JSONValue?) -> JSONValue? {
        let values = attachment.capabilityArguments.filter { declared?[$0.key] == .bool(true) }
        return values.isEmpty ? nil : .object(values)
    }
}

extension CNIRuntime {
    /// Asks whether the plugins of a network are ready for `ADD`: `STATUS` for every plugin in order.
    ///
    /// - Throws: ``CNIError`` of the first plugin that is not; `unsupportedVersion` for networks older than 1.1.0.
    public func status(_ list: NetworkConfigurationList) async throws(CNIError) {
        try await callAll(.status, list)
    }

    /// Frees what belongs to no attachment of these: `GC` for every plugin in order.
    ///
    /// Does nothing for a network with `disableGC`.
    ///
    /// - Throws: ``CNIError`` of the first plugin that fails; `unsupportedVersion` for networks older than 1.1.0.
    public func collectGarbage(
        _ list: NetworkConfigurationList,
        keeping valid: [Attachment]
    ) async throws(CNIError) {
        guard !list.disableGC else { return }
        let attachments = valid.map { attachment -> JSONValue in
            .object(["containerID": .string(attachment.containerID), "ifname": .string(attachment.interfaceName)])
        }
        try await callAll(.collectGarbage, list, ["cni.dev/valid-attachments": .array(attachments)])
    }

    /// Neither command is about one container, so there is no attachment in the environment.
    private func callAll(
        _ command: CNICommand,
        _ list: NetworkConfigurationList,
        _ additions: [String: JSONValue] = [:]
    ) async throws(CNIError) {
        guard list.version.hasStatus else {
            throw CNIError(
                plugin: list.name,
                command: command,
                kind: .unsupportedVersion,
                msg: "\(command.rawValue) came with version 1.1.0, and the network has version \(list.cniVersion)"
            )
        }
        let environment = [
            "CNI_COMMAND": command.rawValue, "CNI_PATH": pluginDirectories.joined(separator: ":"),
        ]
        for plugin in list.plugins {
            guard case .object(var members) = plugin else { continue }
            members["name"] = .string(list.name)
            members["cniVersion"] = .string(list.cniVersion)
            // It is for the runtime; plugins get `runtimeConfig` in its place.
            members["capabilities"] = nil
            members.merge(additions) { _, addition in addition }
            let type = plugin["type"]?.string ?? ""
            let input = JSONValue.object(members).text
            try await start(type, command, environment: environment, input: input).requireSuccess()
        }
    }
}

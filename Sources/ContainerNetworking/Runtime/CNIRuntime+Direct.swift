public import Processes

extension CNIRuntime {
    /// Calls one plugin past the records of attachments, and returns whatever it did.
    ///
    /// For what a runtime must never do and a test of conformance has to: attaching twice, detaching what never was,
    /// sending rubbish. `input` replaces the plugin's configuration on standard input.
    ///
    /// - Throws: ``CNIError`` when the plugin cannot be started or does not end in time.
    public func callDirectly(
        _ command: CNICommand,
        _ plugin: JSONValue,
        of list: NetworkConfigurationList,
        _ attachment: Attachment,
        previous: CNIResult? = nil,
        input: String? = nil
    ) async throws(CNIError) -> ProcessOutput {
        let request = PluginRequest(
            command: command,
            list: list,
            plugin: plugin,
            attachment: attachment,
            previous: previous,
            pluginDirectories: pluginDirectories
        )
        let answer = try await start(
            request.type,
            command,
            environment: request.environment,
            input: input ?? request.input
        )
        return answer.output
    }
}

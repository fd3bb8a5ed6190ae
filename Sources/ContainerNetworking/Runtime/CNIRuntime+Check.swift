extension CNIRuntime {
    /// Checks that an attachment is as `ADD` left it: `CHECK` for every plugin in order, with the final result.
    ///
    /// Does nothing for a network with `disableCheck`.
    ///
    /// - Throws: ``CNIError`` of the first plugin that finds something wrong; `unsupportedVersion` for networks older
    ///   than 0.4.0; `invalidAttachment` when there is no record of a completed `ADD`.
    public func check(_ list: NetworkConfigurationList, _ attachment: Attachment) async throws(CNIError) {
        try attachment.validate(for: list.name)
        guard !list.disableCheck else { return }
        guard list.version.hasCheck else {
            throw CNIError(
                plugin: list.name,
                command: .check,
                kind: .unsupportedVersion,
                msg: "CHECK came with version 0.4.0, and the network has version \(list.cniVersion)"
            )
        }
        guard let previous = try cache.read(list, attachment)?.result else {
            throw CNIError(
                plugin: list.name,
                command: .check,
                kind: .invalidAttachment,
                msg: "the interface \(attachment.interfaceName) of the container \(attachment.containerID) "
                    + "is not attached to this network"
            )
        }
        for plugin in list.plugins {
            try await call(.check, plugin, of: list, attachment, previous: previous).requireSuccess()
        }
    }
}

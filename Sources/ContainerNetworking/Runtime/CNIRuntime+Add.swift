extension CNIRuntime {
    /// Attaches a container to a network: `ADD` for every plugin in order, each with the result of the one before.
    ///
    /// A record is written before the first plugin runs. When a plugin fails, `DEL` runs for it and for those before
    /// it, in reverse order, and the record goes when all of these succeed. After a cancellation that is not possible:
    /// the record stays, and ``delete(_:_:)`` must follow.
    ///
    /// - Returns: The result of the last plugin.
    /// - Throws: ``CNIError`` of the plugin that failed, or of the attachment and its record.
    public func add(
        _ list: NetworkConfigurationList,
        _ attachment: Attachment
    ) async throws(CNIError) -> CNIResult {
        try attachment.validate(for: list.name)
        guard !attachment.namespacePath.isEmpty else {
            throw CNIError(plugin: list.name, command: .add, kind: .invalidAttachment, msg: "the namespace is empty")
        }
        guard try cache.read(list, attachment) == nil else {
            throw CNIError(
                plugin: list.name,
                command: .add,
                kind: .alreadyAttached,
                msg: "the interface \(attachment.interfaceName) of the container \(attachment.containerID) "
                    + "is attached to this network already, or an earlier attempt was interrupted"
            )
        }
        // Before any plugin: after a crash DEL has to know that something may be there.
        try cache.write(CachedAttachment(list: list, attachment: attachment, result: nil))
        var last: CNIResult?
        for (index, plugin) in list.plugins.enumerated() {
            do throws(CNIError) {
                let answer = try await call(.add, plugin, of: list, attachment, previous: last)
                last = try answer.result(version: list.version)
            } catch {
                await undo(list, through: index, attachment, last: last)
                throw error
            }
        }
        guard let last else {
            throw CNIError(plugin: list.name, command: .add, kind: .invalidConfiguration, msg: "it has no plugins")
        }
        try cache.write(CachedAttachment(list: list, attachment: attachment, result: last))
        return last
    }

    /// Takes back an `ADD` that failed at the plugin of that index, which may have left something too.
    private func undo(
        _ list: NetworkConfigurationList,
        through index: Int,
        _ attachment: Attachment,
        last: CNIResult?
    ) async {
        let failure = await deletePlugins(list.plugins[...index], of: list, attachment, previous: last)
        // The first error is the one to report; a failed DEL shows in the record that stays.
        if failure == nil {
            try? cache.remove(list, attachment)
        }
    }
}

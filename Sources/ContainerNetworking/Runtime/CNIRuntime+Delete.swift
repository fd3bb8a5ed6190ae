extension CNIRuntime {
    /// Detaches a container from a network: `DEL` for every plugin in reverse order.
    ///
    /// From version 0.4.0 on, each plugin gets the final result of `ADD` from the record. A plugin that fails does not
    /// stop the others; the record then stays, so that the call can be repeated. Without a record the plugins run
    /// nevertheless, as the specification makes `DEL` harmless for what is not attached.
    ///
    /// - Throws: ``CNIError`` of the first plugin that failed, or of the record.
    public func delete(_ list: NetworkConfigurationList, _ attachment: Attachment) async throws(CNIError) {
        try attachment.validate(for: list.name)
        let previous = try cache.read(list, attachment)?.result
        if let failure = await deletePlugins(list.plugins[...], of: list, attachment, previous: previous) {
            throw failure
        }
        try cache.remove(list, attachment)
    }

    /// Detaches what a record remembers, with the network as it was at `ADD`.
    ///
    /// - Throws: ``CNIError`` of the first plugin that failed, or of the record.
    public func delete(_ record: CachedAttachment) async throws(CNIError) {
        try await delete(record.list, record.attachment)
    }

    /// Runs `DEL` for these plugins, the last first, and returns the first failure.
    func deletePlugins(
        _ plugins: ArraySlice<JSONValue>,
        of list: NetworkConfigurationList,
        _ attachment: Attachment,
        previous: CNIResult?
    ) async -> CNIError? {
        var failure: CNIError?
        for plugin in plugins.reversed() {
            do throws(CNIError) {
                let known = list.version.hasCheck ? previous : nil
                try await call(.delete, plugin, of: list, attachment, previous: known).requireSuccess()
            } catch {
                failure = failure ?? error
            }
        }
        return failure
    }
}

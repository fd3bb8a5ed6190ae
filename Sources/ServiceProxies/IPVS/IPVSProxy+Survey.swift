import Processes

/// What is there, and how the kernel is spoken to.
extension IPVSProxy {
    /// What was found, and what looking cost.
    struct Present {
        var state: IPVSState
        var rules: IPTablesSurvey
        var cost: Programming
    }

    func survey(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Present {
        let (there, reading) = try await speak(purpose) { kernel throws(ServiceProxyError) in try kernel.read() }
        let (sets, saving) = try await savedSets(purpose)
        let (rules, listing) = try await rulesThere(purpose)
        let state = IPVSState(served: there.served, addresses: there.addresses, elements: sets.elements)
        return Present(state: state, rules: rules, cost: reading + saving + listing)
    }

    func rulesThere(
        _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (survey: IPTablesSurvey, cost: Programming) {
        let (output, cost) = try await loader.run(backend.save, ["-c"], for: purpose)
        return (try IPTablesSurvey(Array(output.standardOutput.utf8), from: backend.save), cost)
    }

    func savedSets(
        _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (saved: IPSetText.Saved, cost: Programming) {
        let (output, cost) = try await loader.run("ipset", ["save"], for: purpose)
        return (try IPSetText.read(output.standardOutput), cost)
    }

    /// Speaks netlink on a thread of its own; sockets are opened at the first time.
    func speak<Value: Sendable>(
        _ purpose: Loader.Purpose,
        _ body: @escaping @Sendable (IPVSKernel) throws(ServiceProxyError) -> Value
    ) async throws(ServiceProxyError) -> (value: Value, cost: Programming) {
        guard !Task.isCancelled else {
            throw ServiceProxyError(
                .cancelled, operation: purpose.operation, object: purpose.object, cause: "the work was cancelled")
        }
        let opened = kernel
        let configuration = configuration
        // An answer that came too late would be taken for another's: a socket that failed is not used again.
        kernel = nil
        let (spoken, cost) = try await KernelWork.run { () throws(ServiceProxyError) in
            let used: IPVSKernel
            if let opened { used = opened } else { used = try IPVSKernel(configuration) }
            return (value: try body(used), kernel: used)
        }
        kernel = spoken.kernel
        return (spoken.value, cost)
    }
}

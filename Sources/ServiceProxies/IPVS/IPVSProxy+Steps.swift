import Processes

/// What a sync and a removal are made of.
extension IPVSProxy {
    func prepareNode(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        let configuration = configuration
        return try await speak(purpose) { kernel throws(ServiceProxyError) in try kernel.prepare(configuration) }.cost
    }

    func addAddressesThenServices(
        _ change: IPVSChange, _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> Programming {
        guard !(change.requests.isEmpty && change.addedAddresses.isEmpty) else { return Programming() }
        var (bytes, cost) = try await speak(purpose) { kernel throws(ServiceProxyError) in try kernel.make(change) }
        cost.inputBytes = bytes
        return cost
    }

    func deleteAddresses(
        _ change: IPVSChange, _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> Programming {
        guard !change.removedAddresses.isEmpty else { return Programming() }
        var (bytes, cost) = try await speak(purpose) { kernel throws(ServiceProxyError) in try kernel.clean(change) }
        cost.inputBytes = bytes
        return cost
    }

    func restoreSets(
        _ change: IPVSChange, creating: Bool, _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> Programming {
        guard creating || change.changesSets else { return Programming() }
        var cost = Programming()
        let input = cost.planning { IPSetText.restore(change, creating: creating) }
        cost += try await loader.run("ipset", ["restore"], input: input, for: purpose).cost
        return cost
    }

    func restoreRules(_ text: [UInt8], _ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        let arguments = ["-w", "\(configuration.lockWaitSeconds)", "--noflush", "--counters"]
        return try await loader.run(backend.restore, arguments, input: text, for: purpose).cost
    }

    func removeRules(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        var (survey, cost) = try await rulesThere(purpose)
        if survey.counts.total > 0 { cost += try await restoreRules(IPVSRules.removal(of: survey), purpose) }
        return cost
    }

    func removeServicesAndLink(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        try await speak(purpose) { kernel throws(ServiceProxyError) in try kernel.removeAll() }.cost
    }

    /// Only sets of a name of ours, whoever made them.
    func destroySets(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        var (saved, cost) = try await savedSets(purpose)
        let ours = saved.names.filter { IPVSSet(rawValue: $0) != nil }
        guard !ours.isEmpty else { return cost }
        cost += try await loader.run("ipset", ["restore"], input: IPSetText.removal(ours), for: purpose).cost
        return cost
    }

    func checkNothingIsLeft(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        let left = try await survey(purpose)
        guard left.state.counts.total + left.rules.counts.total == 0 else {
            throw ServiceProxyError(
                .rejected, operation: purpose.operation, object: purpose.object,
                cause: "\(left.state.counts), \(left.rules.counts) are left",
                nextStep: "list them with `ipvsadm -Ln`, `ipset list` and \(backend.save)")
        }
        return left.cost
    }

    func refuseForeignServices(_ purpose: Loader.Purpose) async throws(ServiceProxyError) {
        let (found, _) = try await speak(purpose) { kernel throws(ServiceProxyError) in
            (services: try kernel.countOfServices(), hasLink: try kernel.hasLink())
        }
        if found.services > 0 {
            throw foreign("\(found.services) virtual services exist (`ipvsadm -Ln`)", purpose)
        }
        if found.hasLink { throw foreign("the link \(IPVSKernel.link) exists", purpose) }
    }

    func refuseForeignSets(_ purpose: Loader.Purpose) async throws(ServiceProxyError) {
        guard let set = try await savedSets(purpose).saved.names.first else { return }
        throw foreign("the ipset \(set) exists", purpose)
    }

    private func foreign(_ cause: String, _ purpose: Loader.Purpose) -> ServiceProxyError {
        ServiceProxyError(
            .foreign, operation: purpose.operation, object: purpose.object, cause: cause,
            nextStep: "it is not ours and was left alone; use a namespace without kube-proxy, or remove it")
    }
}

public import Contract
import LinuxHost
import Processes

/// Programs services into IPVS as kube-proxy does in its mode IPVS, with its ipsets and its rules of iptables.
///
/// What is there afterwards is what kube-proxy 1.36 leaves; how it gets there is not. kube-proxy has no partial sync in this
/// mode: at each change it asks the kernel for every service several times, and starts a process for each new element of an
/// ipset. Here the difference is programmed: requests to IPVS and addresses go over netlink many at a time, all elements go
/// through one `ipset restore`, and the rules are loaded only when they differ. A destination that goes is deleted at once;
/// kube-proxy keeps it at weight 0 while it has TCP connections.
///
/// The rules go through `iptables-nft`.
public actor IPVSProxy: ServiceProxy {
    /// `ipvs`.
    public nonisolated let mode = ProxyMode.ipvs

    private let configuration: ProxyConfiguration
    private let loader: Loader
    private let backend = IPTablesBackend.nft
    private var kernel: IPVSKernel?
    private var plan: IPVSPlan
    private var rules: IPVSRules

    /// A proxy for the namespace of the configuration.
    public init(configuration: ProxyConfiguration) {
        self.configuration = configuration
        loader = Loader(configuration: configuration)
        plan = IPVSPlan(configuration)
        rules = IPVSRules(plan)
    }

    /// Loads a small set of services with everything in it into a namespace that is thrown away.
    public func shortcoming() async -> String? {
        await IPVSTryOut(configuration: configuration).shortcoming()
    }

    /// Looks for virtual services of anybody, `kube-ipvs0`, ipsets and chains of kube-proxy, and its table of nftables.
    public func refuseForeign() async throws(ServiceProxyError) {
        let object = "ipvs"
        let (found, _) = try await speak("use", object) { kernel throws(ServiceProxyError) in
            (services: try kernel.countOfServices(), hasLink: try kernel.hasLink())
        }
        if found.services > 0 {
            throw Self.foreign("\(found.services) virtual services exist (`ipvsadm -Ln`)")
        }
        if found.hasLink { throw Self.foreign("the link \(IPVSKernel.link) exists") }
        if let set = try await savedSets(Loader.Purpose("use", object)).saved.names.first {
            throw Self.foreign("the ipset \(set) exists")
        }
        try await ForeignState(loader: loader, mode: mode).refuse(besides: backend)
    }

    /// Reads what is there from the kernel, as after a restart, and programs the difference.
    public func load(_ services: [ServicePort]) async throws(ServiceProxyError) -> Programming {
        try ServiceCheck.check(services)
        let start = Clock.monotonicNanoseconds()
        let (plan, goal) = IPVSPlan.make(services, configuration)
        let rules = IPVSRules(plan)
        var cost = Programming()
        cost.plannerNanoseconds = Clock.monotonicNanoseconds() - start
        try plan.checkCapacity()
        do throws(ServiceProxyError) {
            cost = cost + (try await load(goal, rules, Loader.Purpose("load \(services.count) services with", "ipvs")))
        } catch {
            _ = try? await remove()
            throw error
        }
        self.plan = plan
        self.rules = rules
        return cost
    }

    /// Programs what the change changes, and nothing else; after an error, load again.
    public func apply(
        _ change: ServiceChange, resulting services: [ServicePort]
    ) async throws(ServiceProxyError) -> Programming {
        let purpose = Loader.Purpose("apply a change with", "ipvs")
        let start = Clock.monotonicNanoseconds()
        let difference = try plan.carryOut(change)
        let next = IPVSRules(plan)
        var cost = Programming()
        cost.plannerNanoseconds = Clock.monotonicNanoseconds() - start
        cost = cost + (try await make(difference, purpose))
        cost = cost + (try await restoreSets(difference, creating: false, purpose))
        if next != rules {
            cost = cost + (try await restoreRules(next.text(over: nil), purpose))
            rules = next
        }
        return cost + (try await clean(difference, purpose))
    }

    /// By the plan; what it counts was worked out, not measured.
    public nonisolated func expectedCounts(for services: [ServicePort]) -> ObjectCounts {
        let (plan, state) = IPVSPlan.make(services, configuration)
        var counts = IPVSRules(plan).counts
        counts.numbers.merge(state.counts.numbers) { $1 }
        return counts
    }

    /// Lists services and destinations, addresses, ipsets and rules.
    public func readBack() async throws(ServiceProxyError) -> (counts: ObjectCounts, programming: Programming) {
        let purpose = Loader.Purpose("read back", "ipvs")
        let (state, survey, cost) = try await survey(purpose)
        var counts = survey.counts
        counts.numbers.merge(state.counts.numbers) { $1 }
        return (counts, cost)
    }

    /// The rules of the table `nat` with their counters; what IPVS itself does is in none of them.
    public func traversal() async throws(ServiceProxyError) -> RuleTraversal? {
        let purpose = Loader.Purpose("read the counters of", "ipvs")
        let (output, _) = try await loader.run(backend.save, ["-c", "-t", "nat"], for: purpose)
        return try IPTablesTraversal.read(Array(output.standardOutput.utf8), table: .nat, from: backend.save)
    }

    /// Takes rules, services, the link and ipsets away and looks whether they are gone.
    public func remove() async throws(ServiceProxyError) -> Programming {
        let purpose = Loader.Purpose("remove the services of", "ipvs")
        plan = IPVSPlan(configuration)
        rules = IPVSRules(plan)
        var (survey, cost) = try await rulesThere(purpose)
        if survey.counts.total > 0 {
            cost = cost + (try await restoreRules(IPVSRules.removal(of: survey), purpose))
        }
        let (_, flushing) = try await speak(purpose.operation, purpose.object) { kernel throws(ServiceProxyError) in
            try kernel.removeAll()
        }
        let sets = try await savedSets(purpose)
        cost = cost + flushing + sets.cost
        // After the rules: a set that a rule refers to cannot be destroyed.
        let ours = sets.saved.names.filter { IPVSSet(rawValue: $0) != nil }
        if !ours.isEmpty {
            cost =
                cost
                + (try await loader.run("ipset", ["restore"], input: IPSetText.removal(ours), for: purpose).cost)
        }
        let (left, rulesLeft, reading) = try await self.survey(purpose)
        let counts = left.counts.total + rulesLeft.counts.total
        guard counts == 0 else {
            throw ServiceProxyError(
                .rejected, operation: purpose.operation, object: purpose.object,
                cause: "\(left.counts), \(rulesLeft.counts) are left",
                nextStep: "list them with `ipvsadm -Ln`, `ipset list` and \(backend.save)")
        }
        return cost + reading
    }

    // MARK: - Steps

    private func load(
        _ goal: IPVSState, _ rules: IPVSRules, _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> Programming {
        let configuration = configuration
        let (_, preparing) = try await speak(purpose.operation, purpose.object) { kernel throws(ServiceProxyError) in
            try kernel.prepare(configuration)
        }
        let (present, survey, reading) = try await survey(purpose)
        let start = Clock.monotonicNanoseconds()
        let change = present.change(to: goal)
        var cost = preparing + reading
        cost.plannerNanoseconds += Clock.monotonicNanoseconds() - start
        cost = cost + (try await make(change, purpose))
        cost = cost + (try await restoreSets(change, creating: true, purpose))
        cost = cost + (try await restoreRules(rules.text(over: survey), purpose))
        return cost + (try await clean(change, purpose))
    }

    private func make(_ change: IPVSChange, _ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        guard !(change.requests.isEmpty && change.addedAddresses.isEmpty) else { return Programming() }
        var (bytes, cost) = try await speak(purpose.operation, purpose.object) { kernel throws(ServiceProxyError) in
            try kernel.make(change)
        }
        cost.inputBytes = bytes
        return cost
    }

    private func clean(_ change: IPVSChange, _ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        guard !change.removedAddresses.isEmpty else { return Programming() }
        var (bytes, cost) = try await speak(purpose.operation, purpose.object) { kernel throws(ServiceProxyError) in
            try kernel.clean(change)
        }
        cost.inputBytes = bytes
        return cost
    }

    private func restoreSets(
        _ change: IPVSChange, creating: Bool, _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> Programming {
        guard creating || change.changesSets else { return Programming() }
        let start = Clock.monotonicNanoseconds()
        let input = IPSetText.restore(change, creating: creating)
        var cost = Programming()
        cost.plannerNanoseconds = Clock.monotonicNanoseconds() - start
        return cost + (try await loader.run("ipset", ["restore"], input: input, for: purpose).cost)
    }

    private func restoreRules(
        _ text: [UInt8], _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> Programming {
        try await loader.run(
            backend.restore, ["-w", "\(configuration.lockWaitSeconds)", "--noflush", "--counters"], input: text,
            for: purpose
        ).cost
    }

    private func survey(
        _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (IPVSState, IPTablesSurvey, Programming) {
        let (there, reading) = try await speak(purpose.operation, purpose.object) { kernel throws(ServiceProxyError) in
            try kernel.read()
        }
        let sets = try await savedSets(purpose)
        let (rules, listing) = try await rulesThere(purpose)
        let state = IPVSState(served: there.served, addresses: there.addresses, elements: sets.saved.elements)
        return (state, rules, reading + sets.cost + listing)
    }

    private func rulesThere(
        _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (IPTablesSurvey, Programming) {
        let (output, cost) = try await loader.run(backend.save, ["-c"], for: purpose)
        return (try IPTablesSurvey(Array(output.standardOutput.utf8), from: backend.save), cost)
    }

    private func savedSets(
        _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (saved: IPSetText.Saved, cost: Programming) {
        let (output, cost) = try await loader.run("ipset", ["save"], for: purpose)
        return (try IPSetText.read(output.standardOutput), cost)
    }

    /// Speaks netlink on a thread of its own, with its cost; sockets are opened at the first time.
    private func speak<Value: Sendable>(
        _ operation: String, _ object: String,
        _ body: @escaping @Sendable (IPVSKernel) throws(ServiceProxyError) -> Value
    ) async throws(ServiceProxyError) -> (Value, Programming) {
        guard !Task.isCancelled else {
            throw ServiceProxyError(.cancelled, operation: operation, object: object, cause: "the work was cancelled")
        }
        let opened = kernel
        let configuration = configuration
        let start = Clock.monotonicNanoseconds()
        let spoken = await BlockingThread.run { () -> Result<(Value, IPVSKernel), ServiceProxyError> in
            do throws(ServiceProxyError) {
                var kernel = opened
                if kernel == nil { kernel = try IPVSKernel(configuration) }
                guard let kernel else { throw .noThread(operation, object) }
                return .success((try body(kernel), kernel))
            } catch {
                return .failure(error)
            }
        }
        guard let spoken else { throw .noThread(operation, object) }
        // An answer that came too late would be taken for another's: a socket that failed is not used again.
        kernel = nil
        let (value, used) = try spoken.value.get()
        kernel = used
        var cost = Programming()
        cost.wallNanoseconds = Clock.monotonicNanoseconds() - start
        cost.userSeconds = spoken.userSeconds
        cost.systemSeconds = spoken.systemSeconds
        return (value, cost)
    }

    private static func foreign(_ cause: String) -> ServiceProxyError {
        ServiceProxyError(
            .foreign, operation: "use", object: "ipvs", cause: cause,
            nextStep: "it is not ours and was left alone; use a namespace without kube-proxy, or remove it")
    }
}

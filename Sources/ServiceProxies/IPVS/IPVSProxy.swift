public import Contract
import LinuxHost
import Processes

/// Programs services into IPVS as kube-proxy does in its mode IPVS, with its ipsets and its rules of iptables.
///
/// What is there afterwards is what kube-proxy 1.36 leaves; how it gets there is not. kube-proxy has no partial sync in
/// this mode: at each change it asks the kernel for every service several times, and starts a process for each new
/// element of an ipset. Here the difference is programmed: requests to IPVS and addresses go over netlink many at a
/// time, all elements go through one `ipset restore`, and the rules are loaded only when they differ. A destination
/// that goes is deleted at once; kube-proxy keeps it at weight 0 while it has TCP connections.
///
/// The rules go through `iptables-nft`.
public actor IPVSProxy: ServiceProxy {
    /// The one mode that this proxy has.
    public nonisolated let mode = ProxyMode.ipvs

    let configuration: ProxyConfiguration
    let loader: Loader
    let backend = IPTablesBackend.nft
    /// Open sockets; nil before the first use and after a failure.
    var kernel: IPVSKernel?
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
        let purpose = purpose("use")
        try await refuseForeignServices(purpose)
        try await refuseForeignSets(purpose)
        try await ForeignState(loader: loader, mode: mode).refuse(besides: backend)
    }

    /// Reads what is there from the kernel, as after a restart, and programs the difference.
    public func load(_ services: [ServicePort]) async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("load \(services.count) services with")
        try ServiceCheck.check(services)
        var cost = Programming()
        let (plan, goal) = cost.planning { IPVSPlan.make(services, configuration) }
        let rules = cost.planning { IPVSRules(plan) }
        try plan.checkCapacity()
        do throws(ServiceProxyError) {
            cost += try await prepareNode(purpose)
            let present = try await survey(purpose)
            cost += present.cost
            let change = cost.planning { present.state.change(to: goal) }
            cost += try await addAddressesThenServices(change, purpose)
            // Before the rules, which name them.
            cost += try await restoreSets(change, creating: true, purpose)
            cost += try await restoreRules(rules.text(over: present.rules), purpose)
            cost += try await deleteAddresses(change, purpose)
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
        let purpose = purpose("apply a change with")
        var cost = Programming()
        let difference = try cost.planning { () throws(ServiceProxyError) in try plan.carryOut(change) }
        let next = cost.planning { IPVSRules(plan) }
        cost += try await addAddressesThenServices(difference, purpose)
        cost += try await restoreSets(difference, creating: false, purpose)
        if next != rules {
            cost += try await restoreRules(next.text(over: nil), purpose)
            rules = next
        }
        // Last: an address is served until nothing leads to it any more.
        cost += try await deleteAddresses(difference, purpose)
        return cost
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
        let present = try await survey(purpose("read back"))
        var counts = present.rules.counts
        counts.numbers.merge(present.state.counts.numbers) { $1 }
        return (counts, present.cost)
    }

    /// The rules of the table `nat` with their counters; what IPVS itself does is in none of them.
    public func traversal() async throws(ServiceProxyError) -> RuleTraversal? {
        let purpose = purpose("read the counters of")
        let (output, _) = try await loader.run(backend.save, ["-c", "-t", "nat"], for: purpose)
        return try IPTablesTraversal.read(Array(output.standardOutput.utf8), table: .nat, from: backend.save)
    }

    /// Takes rules, services, the link and ipsets away and looks whether they are gone.
    public func remove() async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("remove the services of")
        plan = IPVSPlan(configuration)
        rules = IPVSRules(plan)
        var cost = try await removeRules(purpose)
        cost += try await removeServicesAndLink(purpose)
        // After the rules: a set that a rule refers to cannot be destroyed.
        cost += try await destroySets(purpose)
        cost += try await checkNothingIsLeft(purpose)
        return cost
    }

    private func purpose(_ operation: String) -> Loader.Purpose { Loader.Purpose(operation, mode.rawValue) }
}

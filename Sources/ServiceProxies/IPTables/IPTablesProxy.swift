import LinuxHost
import Processes

/// Programs services by `iptables-legacy-restore` or `iptables-nft-restore`, as kube-proxy does in its mode iptables.
public actor IPTablesProxy: ServiceProxy {
    /// `iptables-legacy` or `iptables-nft`.
    public nonisolated let mode: ProxyMode

    private let backend: IPTablesBackend
    private let configuration: ProxyConfiguration
    private let loader: Loader
    private let planner: IPTablesPlanner

    /// A proxy for the namespace of the configuration.
    public init(backend: IPTablesBackend, configuration: ProxyConfiguration) {
        self.backend = backend
        self.configuration = configuration
        mode = backend.mode
        loader = Loader(configuration: configuration)
        planner = IPTablesPlanner(configuration: configuration)
    }

    /// Loads a small set of services with everything in it into a namespace that is thrown away.
    public func shortcoming() async -> String? {
        await TryOut(loader: loader).shortcoming(
            of: backend.restore, restoreArguments, input: planner.fullSync(TryOut.services), mode)
    }

    /// Looks for chains of kube-proxy, for its table of nftables, and for anything of the other kind of iptables.
    public func refuseForeign() async throws(ServiceProxyError) {
        try await ForeignState(loader: loader, mode: mode).refuse(besides: backend)
    }

    /// Lists what is there, and loads all rules, removals and missing jump rules by one program.
    public func load(_ services: [ServicePort]) async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("load \(services.count) services with")
        try ServiceCheck.check(services)
        do throws(ServiceProxyError) {
            let (existing, listing) = try await survey(purpose)
            let flushes = configuration.flushesEmptyTables && existing.isEmpty
            return try await restore(purpose, listing, flushes: flushes) { $0.fullSync(services, over: existing) }
        } catch {
            // The two tables are loaded one after the other: a failure in the second leaves the first.
            _ = try? await remove()
            throw error
        }
    }

    /// Loads the lists of all services and the chains of the one that changed.
    public func apply(
        _ change: ServiceChange, resulting services: [ServicePort]
    ) async throws(ServiceProxyError) -> Programming {
        try ServiceCheck.check(services)
        return try await restore(purpose("apply a change with"), Programming()) {
            $0.partialSync(change, resulting: services)
        }
    }

    /// By the formulas of the reference; jump rules apart.
    public nonisolated func expectedCounts(for services: [ServicePort]) -> ObjectCounts {
        IPTablesCounts.expected(for: services, configuration)
    }

    /// Counts chains and rules in what `iptables-save -c` prints.
    public func readBack() async throws(ServiceProxyError) -> (counts: ObjectCounts, programming: Programming) {
        let (found, cost) = try await survey(purpose("read back"))
        return (found.counts, cost)
    }

    /// The rules of the table `nat` with their counters.
    public func traversal() async throws(ServiceProxyError) -> RuleTraversal? {
        let (listing, _) = try await list(["-c", "-t", "nat"], purpose("read the counters of"))
        return try IPTablesTraversal.read(listing, table: .nat, from: backend.save)
    }

    /// Takes jump rules and chains away and looks whether they are gone.
    public func remove() async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("remove the rules of")
        let (existing, cost) = try await survey(purpose)
        guard existing.counts.total > 0 else { return cost }
        let removed = try await restore(purpose, cost) { $0.removal(of: existing) }
        let (left, reading) = try await survey(purpose)
        guard left.counts.total == 0 else {
            throw ServiceProxyError(
                .rejected, operation: purpose.operation, object: purpose.object,
                cause: "\(left.counts) are left", nextStep: "list them with \(backend.save)")
        }
        return removed + reading
    }

    private var restoreArguments: [String] {
        ["-w", "\(configuration.lockWaitSeconds)", "--noflush", "--counters"]
    }

    private func purpose(_ operation: String) -> Loader.Purpose {
        Loader.Purpose(operation, mode.rawValue)
    }

    private func list(
        _ arguments: [String], _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (listing: [UInt8], cost: Programming) {
        let (output, cost) = try await loader.run(backend.save, arguments, for: purpose)
        return (Array(output.standardOutput.utf8), cost)
    }

    private func survey(
        _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (IPTablesSurvey, Programming) {
        var (listing, cost) = try await list(["-c"], purpose)
        let start = Clock.monotonicNanoseconds()
        let survey = try IPTablesSurvey(listing, from: backend.save)
        cost.plannerNanoseconds = Clock.monotonicNanoseconds() - start
        return (survey, cost)
    }

    private func restore(
        _ purpose: Loader.Purpose, _ before: Programming, flushes: Bool = false,
        _ plan: (IPTablesPlanner) -> [UInt8]
    ) async throws(ServiceProxyError) -> Programming {
        let start = Clock.monotonicNanoseconds()
        let input = plan(planner)
        var cost = before
        cost.plannerNanoseconds += Clock.monotonicNanoseconds() - start
        if backend == .legacy {
            let wait = try await XTablesLock(configuration: configuration).wait(for: purpose)
            cost.lockWaitNanoseconds += wait
            cost.wallNanoseconds += wait
        }
        let arguments = restoreArguments.filter { !flushes || $0 != "--noflush" }
        return cost + (try await loader.run(backend.restore, arguments, input: input, for: purpose).cost)
    }
}

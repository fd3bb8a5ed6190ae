public import Contract
import LinuxHost
import Processes
import Synchronization

/// Programs services by `iptables-legacy-restore` or `iptables-nft-restore`, as kube-proxy does in its mode iptables.
public actor IPTablesProxy: ServiceProxy {
    /// `iptables-legacy` or `iptables-nft`.
    public nonisolated let mode: ProxyMode

    private let backend: IPTablesBackend
    private let configuration: ProxyConfiguration
    private let loader: Loader
    // A lock and not the actor's state: `expectedCounts` is not isolated and reads it, too.
    private let counters = Mutex<Set<IPTablesCounter>>([])

    /// A proxy for the namespace of the configuration.
    public init(backend: IPTablesBackend, configuration: ProxyConfiguration) {
        self.backend = backend
        self.configuration = configuration
        mode = backend.mode
        loader = Loader(configuration: configuration)
    }

    /// Loads a small set of services with everything in it into a namespace that is thrown away.
    public func shortcoming() async -> String? {
        await TryOut(loader: loader).shortcoming(
            of: backend.restore, restoreArguments, input: planner.fullSync(TryOut.services, isWhole: true), mode)
    }

    /// Looks for chains of kube-proxy, for its table of nftables, and for anything of the other kind of iptables.
    public func refuseForeign() async throws(ServiceProxyError) {
        try await ForeignState(loader: loader, mode: mode).refuse(besides: backend)
    }

    /// Makes jump rules one by one, lists the table `nat`, and loads all rules and removals by one program.
    public func load(_ services: [ServicePort]) async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("load \(services.count) services with")
        try ServiceCheck.check(services)
        do throws(ServiceProxyError) {
            return try await fullSyncAsPossible(services, purpose)
        } catch {
            // The two tables are loaded one after the other: a failure in the second leaves the first.
            _ = try? await remove()
            throw error
        }
    }

    /// Loads the lists of all services and the chains of the one that changed.
    ///
    /// As in kube-proxy the table `nat` is listed before, unless there are many endpoints.
    public func apply(
        _ change: ServiceChange, resulting services: [ServicePort]
    ) async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("apply a change with")
        try ServiceCheck.check(services)
        var cost = Programming()
        if !IPTablesPlanner.isLargeCluster(services) { cost = try await list(Self.natOnly, purpose).cost }
        return try await restore(purpose, cost) { $0.partialSync(change, resulting: services) }
    }

    /// By the formulas of the reference, with the packet counters of the last load; jump rules apart.
    public nonisolated func expectedCounts(for services: [ServicePort]) -> ObjectCounts {
        IPTablesCounts.expected(for: services, configuration, counters.withLock { $0 })
    }

    /// Counts chains and rules in what `iptables-save -c` prints.
    public func readBack() async throws(ServiceProxyError) -> (counts: ObjectCounts, programming: Programming) {
        let (found, cost) = try await survey(["-c"], purpose("read back"))
        return (found.counts, cost)
    }

    /// The rules of the table `nat` with their counters.
    public func traversal() async throws(ServiceProxyError) -> RuleTraversal? {
        let (listing, _) = try await list(["-c"] + Self.natOnly, purpose("read the counters of"))
        return try IPTablesTraversal.read(listing, table: .nat, from: backend.save)
    }

    /// Takes jump rules, chains and packet counters away and looks whether they are gone.
    public func remove() async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("remove the rules of")
        let (existing, cost) = try await survey(["-c"], purpose)
        var removed = cost
        if existing.counts.total > 0 { removed = try await restore(purpose, cost) { $0.removal(of: existing) } }
        // After the rules: the kernel does not delete a packet counter that a rule refers to (EBUSY).
        removed += try await speak { kernel throws(ServiceProxyError) in try kernel.removeCounters() }.cost
        guard existing.counts.total > 0 else { return removed }
        let (left, reading) = try await survey(["-c"], purpose)
        guard left.counts.total == 0 else {
            throw ServiceProxyError(
                .rejected, operation: purpose.operation, object: purpose.object,
                cause: "\(left.counts) are left", nextStep: "list them with \(backend.save)")
        }
        return removed + reading
    }

    /// A full sync; without packet counters where the kernel has the counters, but not the match that uses them.
    private func fullSyncAsPossible(
        _ services: [ServicePort], _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> Programming {
        do throws(ServiceProxyError) {
            return try await fullSync(services, purpose, countsPackets: true)
        } catch {
            guard error.code == .missing, error.cause.contains(IPTablesCounter.matchName) else { throw error }
            return try await fullSync(services, purpose, countsPackets: false)
        }
    }

    private func fullSync(
        _ services: [ServicePort], _ purpose: Loader.Purpose, countsPackets: Bool
    ) async throws(ServiceProxyError) -> Programming {
        var (found, cost) = try await speak { kernel throws(ServiceProxyError) in try kernel.prepare() }
        counters.withLock { $0 = countsPackets ? found : [] }
        if configuration.flushesEmptyTables {
            let (existing, listing) = try await survey(["-c"], purpose)
            cost += listing
            if existing.isEmpty {
                return try await restore(purpose, cost, flushes: true) { $0.fullSync(services, isWhole: true) }
            }
        }
        cost += try await waitForLock(purpose)
        cost += try await JumpCalls(loader: loader, backend: backend, purpose: purpose).ensure()
        let (existing, listing) = try await survey(Self.natOnly, purpose)
        return try await restore(purpose, cost + listing) { $0.fullSync(services, over: existing) }
    }

    private static let natOnly = ["-t", "nat"]

    private var planner: IPTablesPlanner {
        IPTablesPlanner(configuration: configuration, counters: counters.withLock { $0 })
    }

    private var restoreArguments: [String] {
        // As kube-proxy calls it: chains of others stay, and counters are those of the input.
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
        _ arguments: [String], _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (IPTablesSurvey, Programming) {
        var (listing, cost) = try await list(arguments, purpose)
        let survey = try cost.planning { () throws(ServiceProxyError) in
            try IPTablesSurvey(listing, from: backend.save)
        }
        return (survey, cost)
    }

    private func speak<Value: Sendable>(
        _ body: @escaping @Sendable (IPTablesKernel) throws(ServiceProxyError) -> Value
    ) async throws(ServiceProxyError) -> (value: Value, cost: Programming) {
        let kernel = IPTablesKernel(configuration: configuration)
        return try await KernelWork.run { () throws(ServiceProxyError) in try body(kernel) }
    }

    /// Waits until the programs that follow can have the lock, where there is one.
    private func waitForLock(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        var cost = Programming()
        // Only x_tables has a lock; nf_tables takes each load as one transaction.
        guard backend == .legacy else { return cost }
        cost.lockWaitNanoseconds = try await XTablesLock(configuration: configuration).wait(for: purpose)
        cost.wallNanoseconds = cost.lockWaitNanoseconds
        return cost
    }

    private func restore(
        _ purpose: Loader.Purpose, _ before: Programming, flushes: Bool = false,
        _ plan: (IPTablesPlanner) -> [UInt8]
    ) async throws(ServiceProxyError) -> Programming {
        var cost = before
        let input = cost.planning { plan(planner) }
        cost += try await waitForLock(purpose)
        // Without --noflush the tables are replaced whole, which only tables that hold nothing may be.
        let arguments = restoreArguments.filter { !flushes || $0 != "--noflush" }
        return cost + (try await loader.run(backend.restore, arguments, input: input, for: purpose).cost)
    }
}

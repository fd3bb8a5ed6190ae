public import Contract
import LinuxHost
import Processes

/// Programs services by `nft -f -`, as kube-proxy does in its mode nftables.
public actor NFTablesProxy: ServiceProxy {
    /// `nftables` or `nftables-endpoint-chains`.
    public nonisolated let mode: ProxyMode

    private let layout: NFTLayout
    private let configuration: ProxyConfiguration
    private let loader: Loader
    private let planner: NFTPlanner
    /// Chains that are empty and wait for being deleted.
    private var staleChains: [[UInt8]] = []
    private var isVersionChecked = false

    /// A proxy for the namespace of the configuration.
    public init(layout: NFTLayout, configuration: ProxyConfiguration) {
        self.layout = layout
        self.configuration = configuration
        mode = layout.mode
        loader = Loader(configuration: configuration)
        planner = NFTPlanner(configuration: configuration, layout: layout)
    }

    /// Looks at the version, and loads a small set of services with everything in it into a namespace that is thrown
    /// away.
    public func shortcoming() async -> String? {
        do throws(ServiceProxyError) {
            try await checkVersion()
        } catch {
            return error.description
        }
        let input = planner.fullSync(TryOut.services).transactions.flatMap { $0 }
        return await TryOut(loader: loader).shortcoming(of: NFTables.program, ["-f", "-"], input: input, mode)
    }

    /// Looks for chains of kube-proxy in iptables, and for its table.
    public func refuseForeign() async throws(ServiceProxyError) {
        try await checkVersion()
        try await ForeignState(loader: loader, mode: mode).refuse(besides: nil)
    }

    /// Lists what is there, and loads everything in one transaction, or in as many as the configuration says.
    public func load(_ services: [ServicePort]) async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("load \(services.count) services with")
        try ServiceCheck.check(services)
        try await checkVersion()
        do throws(ServiceProxyError) {
            // --terse leaves the elements of sets out, which are written anew in any case.
            let (existing, listing) = try await survey(["--terse"], purpose)
            return try await sync(purpose, listing) { $0.fullSync(services, over: existing) }
        } catch {
            // With several transactions, those before the failure stay. The first error is the one to tell.
            _ = try? await remove()
            throw error
        }
    }

    /// Deletes what the change before left empty, lists, and loads what differs.
    public func apply(
        _ change: ServiceChange, resulting services: [ServicePort]
    ) async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("apply a change with")
        try ServiceCheck.check(services)
        var cost = try await deleteStaleChains(purpose)
        if configuration.listsBeforeSync {
            cost += try await survey(["--terse"], purpose).cost
        }
        return try await sync(purpose, cost) { $0.partialSync(change, resulting: services) }
    }

    /// By what the planner writes.
    public nonisolated func expectedCounts(for services: [ServicePort]) -> ObjectCounts {
        NFTCounts.expected(for: services, configuration, layout)
    }

    /// Deletes chains that wait for it, and counts chains, rules and elements in what `nft --json list table` prints.
    public func readBack() async throws(ServiceProxyError) -> (counts: ObjectCounts, programming: Programming) {
        let purpose = purpose("read back")
        _ = try await deleteStaleChains(purpose)
        let (found, cost) = try await survey([], purpose)
        return (found.counts, cost)
    }

    /// Rules of kube-proxy have no counters in nftables.
    public func traversal() async throws(ServiceProxyError) -> RuleTraversal? { nil }

    /// Takes the table away and looks whether it is gone.
    public func remove() async throws(ServiceProxyError) -> Programming {
        let purpose = purpose("remove the table of")
        // They go with their table.
        staleChains = []
        let removed = try await loader.run(NFTables.program, ["-f", "-"], input: planner.removal(), for: purpose).cost
        let (left, cost) = try await survey([], purpose)
        guard left.counts.total == 0, left.tables.isEmpty else {
            throw ServiceProxyError(
                .rejected, operation: purpose.operation, object: purpose.object, cause: "\(left.counts) are left",
                nextStep: "list them with nft list table ip \(NFTables.table)")
        }
        return removed + cost
    }

    private func purpose(_ operation: String) -> Loader.Purpose {
        Loader.Purpose(operation, mode.rawValue)
    }

    private func checkVersion() async throws(ServiceProxyError) {
        guard !isVersionChecked else { return }
        let purpose = purpose("use")
        let (output, _) = try await loader.run(NFTables.program, ["--version"], for: purpose)
        guard let version = NFTVersion(parsing: output.standardOutput) else {
            throw ServiceProxyError(
                .rubbish, operation: "understand", object: "nft --version", cause: output.standardOutput)
        }
        guard version >= NFTables.oldest else {
            throw ServiceProxyError(
                .tooOld, operation: purpose.operation, object: purpose.object,
                cause: "nft is of version \(version), and \(NFTables.oldest) is the oldest that works",
                nextStep: "install a newer package nftables")
        }
        isVersionChecked = true
    }

    /// What is in the table; nothing when there is no table.
    private func survey(
        _ options: [String], _ purpose: Loader.Purpose
    ) async throws(ServiceProxyError) -> (survey: NFTablesSurvey, cost: Programming) {
        let arguments = ["--json"] + options + ["list", "table", "ip", NFTables.table]
        var (output, cost) = try await loader.attempt(NFTables.program, arguments, for: purpose)
        guard output.status.isSuccess else {
            // ENOENT, as nft says it of a table that is not there.
            guard output.standardError.contains("No such file or directory") else {
                throw ToolWords.error(in: output, purpose, configuration)
            }
            return (NFTablesSurvey(), cost)
        }
        let survey = try cost.planning { () throws(ServiceProxyError) in
            try NFTablesSurvey(Array(output.standardOutput.utf8))
        }
        return (survey, cost)
    }

    private func sync(
        _ purpose: Loader.Purpose, _ before: Programming, _ plan: (NFTPlanner) -> NFTPlan
    ) async throws(ServiceProxyError) -> Programming {
        var cost = before
        let plan = cost.planning { plan(planner) }
        for transaction in plan.transactions {
            cost += try await loader.run(NFTables.program, ["-f", "-"], input: transaction, for: purpose).cost
        }
        staleChains += plan.staleChains
        return cost
    }

    /// Deletes empty chains, and tries again while the kernel still counts what led there.
    private func deleteStaleChains(_ purpose: Loader.Purpose) async throws(ServiceProxyError) -> Programming {
        guard !staleChains.isEmpty else { return Programming() }
        let input = planner.deletion(of: staleChains)
        let end = ContinuousClock.now + .seconds(3)
        while true {
            do throws(ServiceProxyError) {
                let cost = try await loader.run(NFTables.program, ["-f", "-"], input: input, for: purpose).cost
                staleChains = []
                return cost
            } catch {
                // EBUSY: an element that led to a chain is freed some time after its transaction.
                guard ContinuousClock.now < end, error.cause.contains("busy") else { throw error }
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}

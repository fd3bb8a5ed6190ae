import ContainerNetworking
public import Contract
import LinuxHost
import Netlink
import Processes
public import Quantities
public import Testbed

/// The testbed on this machine: nodes and pods are network namespaces, joined by fabrics, attached by real CNI plugins.
///
/// The host's own network is never touched: every link is made inside a namespace of the run. Needs root.
public actor LocalTestbed: Testbed {
    /// How the local testbed is set up.
    public struct Options: Sendable {
        /// A short word, unique to the run, that all names carry.
        public var run: String
        /// The program that runs as agent: normally this one.
        public var agentExecutable: String
        /// Where CNI plugins are looked for.
        public var pluginDirectories: [String]
        /// Where files of the run are kept.
        public var paths: LocalPaths
        /// Whether what is made is to stay when this process has ended, as of a lab.
        public var outlivesProcess: Bool

        /// Options for a run; the defaults are Debian's.
        public init(
            run: String,
            agentExecutable: String,
            pluginDirectories: [String] = PluginDirectories.standard,
            paths: LocalPaths = LocalPaths(),
            outlivesProcess: Bool = false
        ) {
            self.run = run
            self.agentExecutable = agentExecutable
            self.pluginDirectories = pluginDirectories
            self.paths = paths
            self.outlivesProcess = outlivesProcess
        }
    }

    /// `local`.
    public nonisolated let name = "local"

    private let options: Options
    private let names: NamespaceNames
    private let ledger: any Ledger
    private var made: [(item: LedgerItem, token: LedgerToken)] = []
    private var podAddresses: [Place: [IPAddress]] = [:]
    private var addressPlan: AddressPlan?
    /// Of each network: a list may give pods addresses of a family that the topology does not ask for.
    private var networkPlans: [String: AddressPlan] = [:]
    private var networks: [String: NetworkPlan] = [:]
    private var failures: [String: TestbedError] = [:]
    private var knownTies: ProcessTies?

    /// A testbed that writes what it makes to `ledger`.
    public init(options: Options, ledger: any Ledger) {
        self.options = options
        self.ledger = ledger
        names = NamespaceNames(run: options.run)
    }

    // MARK: Before anything is made

    /// Versions of plugins and programs, and the settings that this testbed gives its nodes.
    public func facts(for topology: Topology, _ needs: Set<Need>) async -> [String: String] {
        await LocalFacts(pluginDirectories: options.pluginDirectories).read(for: topology)
            .merging(await LocalNeeds.facts(for: needs)) { fact, _ in fact }
    }

    /// Programs are looked for, packet filters and links tried.
    public func answer(to need: Need) async -> NeedAnswer { await LocalNeeds.answer(to: need) }

    /// Root, `nsenter`, the CNI plugins of the topology, and the kernel's links.
    public func shortcomings(for topology: Topology) async -> [Shortcoming] {
        await LocalRequirements(pluginDirectories: options.pluginDirectories).shortcomings(for: topology)
    }

    // MARK: Set-up

    /// Makes fabric, nodes and pods of every network, in order; a network that fails does not keep the others from it.
    public func setUp(_ topology: Topology) async throws(TestbedError) -> [TestbedError] {
        let plan = try addresses(for: topology)
        addressPlan = plan
        networks = Dictionary(topology.networks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let directory = options.paths.directory(ofRun: options.run)
        _ = try open(LedgerItem(kind: .directory, name: directory))
        try Directories.create(directory, outlivesProcess: options.outlivesProcess)
        for network in topology.networks {
            do {
                let plan = try plan.serving(network)
                networkPlans[network.name] = plan
                try await setUp(network, of: topology, plan)
            } catch {
                let error = Self.error(error, settingUp: network)
                if error.code == .cancelled { throw error }
                failures[network.name] = error
            }
        }
        if failures.count == topology.networks.count, let first = topology.networks.first {
            throw failures[first.name] ?? Self.error(CancellationError(), settingUp: first)
        }
        return topology.networks.compactMap { failures[$0.name] }
    }

    private func addresses(for topology: Topology) throws(TestbedError) -> AddressPlan {
        do throws(QuantityError) {
            return try AddressPlan(families: topology.families, podRangeLength: topology.podRangeLength)
        } catch {
            throw TestbedError(operation: "plan", object: "the addresses", cause: "\(error)")
        }
    }

    private static func error(_ error: any Error, settingUp network: NetworkPlan) -> TestbedError {
        if let error = error as? TestbedError { return error }
        return TestbedError(
            code: TestbedError.Code(error),
            operation: "set up network",
            object: network.name,
            cause: error is CancellationError ? "interrupted" : "\(error)"
        )
    }

    private func setUp(_ network: NetworkPlan, of topology: Topology, _ plan: AddressPlan) async throws {
        let nodes = Array(0..<topology.nodes)
        try makeNamespaces(
            [names.fabric(of: network.name)] + nodes.map { names.node($0, of: network.name) })
        do {
            try FabricBuilder(network: network, nodes: topology.nodes, addresses: plan, names: names).build()
        } catch {
            throw TestbedError(operation: "join the nodes of network", object: network.name, cause: "\(error)")
        }
        for node in nodes {
            try await attachPods(on: node, of: network, plan)
        }
    }

    private func attachPods(on node: Int, of network: NetworkPlan, _ plan: AddressPlan) async throws {
        guard network.podNetwork != .none, node < network.podsOnNode.count, network.podsOnNode[node] > 0
        else { return }
        let attacher = try PodAttacher(
            network: network,
            node: node,
            nodeNamespace: NetworkNamespace.path(named: names.node(node, of: network.name)),
            plan: plan,
            options: options,
            ties: await ties()
        )
        for index in 0..<network.podsOnNode[node] {
            try Task.checkCancellation()
            let place = Place.pod(index, on: node, of: network.name)
            let namespace = names.pod(index, on: node, of: network.name)
            try makeNamespaces([namespace])
            try PodNamespace.prepare(namespace, families: plan.families)
            _ = try open(try attacher.ledgerItem(for: namespace))
            podAddresses[place] = try await attacher.attach(namespace, as: place)
        }
    }

    private func makeNamespaces(_ names: [String]) throws {
        // What is there already is somebody else's: it must not come on the ledger, which is what tear-down goes by.
        if let taken = names.first(where: Set(NetworkNamespace.names()).contains) {
            throw TestbedError(
                operation: "make namespace",
                object: taken,
                cause: "it is there already, and not of this run",
                nextStep: "see whose it is with: netmachinery cleanup"
            )
        }
        for name in names { _ = try open(LedgerItem(kind: .namespace, name: name)) }
        try NetworkNamespace.create(named: names)
    }

    private func open(_ item: LedgerItem) throws(TestbedError) -> LedgerToken {
        let token = try ledger.open(item)
        made.append((item, token))
        return token
    }

    // MARK: Tear-down

    /// Undoes every entry, last first.
    public func tearDown() async throws(TestbedError) {
        let remover = LocalRemover(pluginDirectories: options.pluginDirectories, paths: options.paths)
        var first: TestbedError?
        var hung: Set<String> = []
        while let (item, token) = made.popLast() {
            let list = AttachmentDetail(json: item.detail)?.list ?? ""
            // A plugin that hung once will hang for every pod; the namespaces and leases go without it, too.
            if item.kind == .attachment, hung.contains(list) {
                ledger.close(token)
                continue
            }
            do throws(TestbedError) {
                try await remover.remove(item)
                ledger.close(token)
            } catch {
                if error.code == .timedOut { hung.insert(list) }
                first = first ?? error
            }
        }
        podAddresses = [:]
        if let first { throw first }
    }

    // MARK: Use

    /// The pod's address from the CNI result, or the node's own.
    public func endpoint(of place: Place, family: IPAddress.Family) async throws(TestbedError) -> Endpoint {
        if let failure = place.network.flatMap({ failures[$0] }) { throw failure }
        if case .node(let node, _) = place, let addressPlan {
            return .address(try addressPlan.node(node, family).address)
        }
        guard let address = podAddresses[place]?.first(where: { $0.family == family }) else {
            throw TestbedError(
                operation: "find the \(family.rawValue) address of",
                object: "\(place)",
                cause: "the network gave it none",
                nextStep: "add \(family.rawValue) to the network's configuration, or take it out of families"
            )
        }
        return .address(address)
    }

    /// By what the plugins' results say.
    public func sharedAddresses() async -> [SharedAddress] {
        SharedAddress.find(in: podAddresses) { network in
            guard case .conflist(let path)? = networks[network]?.podNetwork else { return nil }
            return path
        }
    }

    /// The network's list as this node has it, with leases below the run's directory.
    public func attachmentSite(of place: Place) async throws(TestbedError) -> AttachmentSite {
        guard case .node(let node, let name) = place else {
            throw TestbedError(operation: "attach pods at", object: "\(place)", cause: "it is no node")
        }
        if let failure = failures[name] { throw failure }
        guard let network = networks[name], let plan = networkPlans[name] else {
            throw TestbedError(operation: "attach pods at", object: "\(place)", cause: "it is not set up")
        }
        return try AttachmentSite(
            network: network,
            node: node,
            plan: plan,
            directory: options.paths.attachmentSite(ofRun: options.run, network: name, node: node),
            containerPrefix: "\(names.node(node, of: name))-pod",
            pluginDirectories: options.pluginDirectories
        )
    }

    /// `/proc/stat` of this machine.
    public nonisolated func machineReading() async throws(TestbedError) -> MachineReading {
        do throws(HostError) {
            let times = try CPUTimes.read()
            return MachineReading(busy: times.busy, idle: times.idle, stolen: times.steal)
        } catch {
            throw TestbedError(operation: "read", object: "the processor times", cause: error.description)
        }
    }

    /// Runs `netmachinery agent` in the place's namespace, entered by `nsenter`, or in a new one made by `unshare`.
    public func withProbe<Value: Sendable>(
        _ plan: ProbePlan,
        at place: Place,
        _ body: @Sendable (any ProbeSession) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        let entry =
            names.namespace(of: place).map {
                (program: "nsenter", option: "--net=\(NetworkNamespace.path(named: $0))")
            } ?? (program: "unshare", option: "--net")
        let command = await ties().tie(
            Command(executable: entry.program, arguments: [entry.option, "--", options.agentExecutable, "agent"])
        )
        // The agent ends itself at its deadline; ours is later, for an agent that cannot.
        let deadline = Duration.seconds(plan.deadlineSeconds + 2)
        do {
            return try await ProcessRunner.converse(command, deadline: deadline) { conversation in
                let session = LocalProbeSession(conversation: conversation, place: place)
                try await session.start(plan)
                return try await body(session)
            }
        } catch let error as TestbedError {
            throw error
        } catch {
            throw TestbedError(
                code: TestbedError.Code(error), operation: "run", object: "the agent at \(place)", cause: "\(error)")
        }
    }

    private func ties() async -> ProcessTies {
        if let knownTies { return knownTies }
        let ties = ProcessTies(
            tether: await ToolTether.find(),
            mark: options.outlivesProcess ? nil : RunMark(run: options.run)
        )
        knownTies = ties
        return ties
    }
}

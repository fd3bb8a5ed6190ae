public import Contract
import LinuxHost
import Processes
public import Quantities
public import Testbed

/// The testbed on this machine: nodes and pods are network namespaces, joined by fabrics, attached by real CNI plugins.
///
/// The host's own network is never touched: every link is made inside a namespace of the run. Needs root.
public actor LocalTestbed: Testbed {
    /// `local`.
    public nonisolated let name = "local"

    let options: Options
    let names: NamespaceNames
    let ledger: any Ledger
    var made: [(item: LedgerItem, token: LedgerToken)] = []
    var podAddresses: [Place: [IPAddress]] = [:]
    var addressPlan: AddressPlan?
    /// Of each network: a list may give pods addresses of a family that the topology does not ask for.
    var networkPlans: [String: AddressPlan] = [:]
    var networks: [String: NetworkPlan] = [:]
    var failures: [String: TestbedError] = [:]
    private var knownTies: ProcessTies?

    /// A testbed that writes what it makes to `ledger`.
    public init(options: Options, ledger: any Ledger) {
        self.options = options
        self.ledger = ledger
        names = NamespaceNames(run: options.lab?.run ?? options.run)
    }

    // MARK: Before anything is made

    /// Versions of plugins and programs, and the settings that this testbed gives its nodes.
    public func facts(for topology: Topology, _ needs: Set<Need>) async -> [String: String] {
        await LocalFacts(pluginDirectories: options.pluginDirectories).read(for: topology)
            .merging(await LocalNeeds.facts(for: needs)) { fact, _ in fact }
            .merging(options.lab.map { ["testbed.lab": $0.name] } ?? [:]) { fact, _ in fact }
    }

    /// Programs are looked for, packet filters and links tried.
    public func answer(to need: Need) async -> NeedAnswer { await LocalNeeds.answer(to: need) }

    /// Root, `nsenter`, the CNI plugins of the topology, and the kernel's links.
    public func shortcomings(for topology: Topology) async -> [Shortcoming] {
        if let lab = options.lab { return shortcomings(for: topology, of: lab) }
        return await LocalRequirements(pluginDirectories: options.pluginDirectories).shortcomings(for: topology)
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
        if let lab = options.lab {
            throw TestbedError(
                operation: "attach pods at", object: "\(place)", cause: "the pods of the lab \(lab.name) stand already",
                nextStep: "leave --lab out for kinds that attach pods")
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

    /// What ties the programs of this run to it, found once.
    func ties() async -> ProcessTies {
        if let knownTies { return knownTies }
        let ties = ProcessTies(
            tether: await ToolTether.find(),
            mark: options.outlivesProcess ? nil : RunMark(run: options.run)
        )
        knownTies = ties
        return ties
    }
}

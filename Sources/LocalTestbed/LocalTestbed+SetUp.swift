import Contract
import LinuxHost
import Quantities
public import Testbed

extension LocalTestbed {
    /// Makes fabric, nodes and pods of every network, in order; a network that fails does not keep the others from it.
    public func setUp(_ topology: Topology) async throws(TestbedError) -> [TestbedError] {
        let plan = try addresses(for: topology)
        addressPlan = plan
        networks = Dictionary(topology.networks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        if let lab = options.lab {
            try adopt(topology, of: lab)
            return []
        }
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
        if network.podNetwork == .direct {
            try attachDirectly(on: node, of: network, plan)
            return
        }
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

    /// No plugin has to be run, and so all pods of a node are made at once.
    private func attachDirectly(on node: Int, of network: NetworkPlan, _ plan: AddressPlan) throws {
        let pods = (0..<network.podsOnNode[node]).map { names.pod($0, on: node, of: network.name) }
        try makeNamespaces(pods)
        for pod in pods { try PodNamespace.prepare(pod, families: plan.families) }
        let attacher = DirectAttacher(
            node: node, nodeNamespace: names.node(node, of: network.name), plan: plan,
            mtu: MTU(of: network, families: plan.families).pod)
        for (index, addresses) in try attacher.attach(pods).enumerated() {
            podAddresses[.pod(index, on: node, of: network.name)] = addresses
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
}

import Contract
import Quantities
import Resources
import Testbed

/// What the local testbed's places stand in for while a test runs: listeners, services, blocks, addresses outside.
struct ConnectivityStandIns: Sendable {
    let plan: NetworkConnectivityPlan
    /// The places at which somebody asks for a port.
    private let listening: Set<Place>

    init(plan: NetworkConnectivityPlan) {
        self.plan = plan
        var listening: Set<Place> = []
        for cell in plan.cells where cell.question == nil {
            if case .place(let place) = cell.target { listening.insert(place) }
        }
        // A name leads to the pods behind it.
        for pod in plan.spec.destinations.flatMap(plan.spec.pods(of:)) {
            if let place = plan.layout.pods[pod] { listening.insert(place) }
        }
        self.listening = listening
    }

    private var spec: NetworkConnectivityTest.Spec { plan.spec }
    private var layout: ConnectivityLayout { plan.layout }

    /// Asks the testbed for addresses, and says what is to stand where.
    func make(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition] {
        var placed: [PlacedCondition] = []
        let services = try await services(on: testbed)
        let ways = try await ways(on: testbed)
        let names = spec.asksLocalNames ? try await names(on: testbed) : nil
        for node in layout.nodes {
            let ports = listens(at: node) ? ports : []
            // An agent for nothing would only take its time.
            guard
                mayBeUnreachable || !ports.isEmpty || !ways.isEmpty || !services.isEmpty
                    || (node == layout.nameServer && names != nil)
            else { continue }
            placed.append(
                PlacedCondition(
                    StandIn(
                        ports: ports, ways: ways,
                        proxy: services.isEmpty ? .none : spec.local.proxy,
                        services: services, serviceRange: ConnectivityLayout.serviceRange,
                        names: node == layout.nameServer ? names : nil),
                    at: node))
        }
        if let outside = layout.outside {
            placed.append(
                PlacedCondition(
                    StandIn(ports: spec.asksPorts ? ports : [], addresses: spec.local.external), at: outside))
        }
        for pod in spec.pods {
            guard let place = layout.pods[pod] else { continue }
            let blocks = try await blocks(to: pod, on: testbed)
            guard listens(at: place) || !blocks.isEmpty else { continue }
            placed.append(PlacedCondition(StandIn(ports: listens(at: place) ? ports : [], blocks: blocks), at: place))
        }
        return placed
    }

    /// The local ports, and those that services lead to.
    private var ports: [UInt16] {
        var ports = spec.local.ports.map(\.number)
        for destination in spec.destinations {
            guard let name = destination.service,
                let port = spec.service(name).targetPort ?? destination.port, !ports.contains(port.number)
            else { continue }
            ports.append(port.number)
        }
        return ports
    }

    /// Whether nodes may have to say that there is no way, which kernels do at most once a second unless they are told.
    private var mayBeUnreachable: Bool {
        plan.cells.contains { if case .address = $0.target { true } else { false } }
    }

    /// Whether somebody asks for a port there.
    private func listens(at place: Place) -> Bool {
        spec.asksPorts && listening.contains(place)
    }

    private func services(on testbed: any Testbed) async throws(TestbedError) -> [StandIn.Service] {
        var services: [StandIn.Service] = []
        for (service, address) in layout.services {
            var endpoints: [IPAddress] = []
            for pod in service.endpoints {
                guard let place = layout.pods[pod] else { continue }
                endpoints.append(try await testbed.endpoint(of: place, family: .ipv4).address)
            }
            var seen: Set<Port> = []
            for destination in spec.destinations where destination.service == service.name {
                // Layers 3 and 7 name no port: the service has the usual one then.
                guard let port = destination.port ?? spec.local.ports.first, seen.insert(port).inserted else {
                    continue
                }
                services.append(
                    StandIn.Service(
                        name: "\(service.name.namespace)/\(service.name.name):\(port)",
                        transport: spec.asksPorts ? spec.transport : .tcp, address: address,
                        port: port.number, targetPort: (service.targetPort ?? port).number, endpoints: endpoints))
            }
        }
        return services
    }

    /// To addresses outside through the node that stands in for them; and to virtual ones, where a node itself asks.
    private func ways(on testbed: any Testbed) async throws(TestbedError) -> [StandIn.Way] {
        var ways: [StandIn.Way] = []
        if let outside = layout.outside {
            for address in spec.local.external {
                ways.append(
                    StandIn.Way(
                        to: address, via: try await testbed.endpoint(of: outside, family: address.family).address))
            }
        }
        let asksFromNode = spec.sources.contains { if case .node = $0 { true } else { false } }
        return ways + (asksFromNode ? layout.services.map { StandIn.Way(to: $0.address, via: nil) } : [])
    }

    /// What the name server is asked for and knows; everything else has no such name.
    private func names(on testbed: any Testbed) async throws(TestbedError) -> [StandIn.Name] {
        var names: [StandIn.Name] = []
        var seen: Set<String> = []
        for destination in spec.destinations {
            guard case .name(let asked) = destination.target, asked.server == nil, seen.insert(asked.name).inserted
            else { continue }
            if let address = spec.local.names[asked.name] {
                names.append(StandIn.Name(asked.name, addresses: [address]))
            } else if let service = layout.services.first(where: { $0.service.name == asked.service }) {
                let port = (destination.port ?? spec.local.ports.first)?.number
                names.append(StandIn.Name(asked.name, addresses: [service.address], port: port))
            } else if let place = asked.pod.flatMap({ layout.pods[$0] }) {
                var addresses: [IPAddress] = []
                for family in spec.families {
                    addresses.append(try await testbed.endpoint(of: place, family: family).address)
                }
                names.append(StandIn.Name(asked.name, addresses: addresses))
            }
        }
        return names
    }

    private func blocks(
        to pod: NetworkConnectivityTest.Reference, on testbed: any Testbed
    ) async throws(TestbedError) -> [StandIn.Block] {
        var blocks: [StandIn.Block] = []
        for block in spec.local.blocks where block.to == pod {
            for family in spec.families {
                var from: IPAddress?
                if let name = block.from {
                    guard let place = layout.pods[name] else { continue }
                    from = try await testbed.endpoint(of: place, family: family).address
                }
                let made = StandIn.Block(
                    from: from, port: block.port?.number, rejects: block.action == .reject)
                if !blocks.contains(made) { blocks.append(made) }
            }
        }
        return blocks
    }
}

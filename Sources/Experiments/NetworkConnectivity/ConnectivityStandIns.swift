import Contract
import Quantities
import Resources
import Testbed

/// What the local testbed's places stand in for while a test runs: listeners, services, blocks, addresses outside.
struct ConnectivityStandIns: Sendable {
    let plan: NetworkConnectivityPlan

    private var spec: NetworkConnectivityTest.Spec { plan.spec }
    private var layout: ConnectivityLayout { plan.layout }

    /// Asks the testbed for addresses, and says what is to stand where.
    func make(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition] {
        var placed: [PlacedCondition] = []
        let services = try await services(on: testbed)
        let ways = try await ways(on: testbed)
        for node in layout.nodes {
            placed.append(
                PlacedCondition(
                    StandIn(
                        ports: listens(at: node) ? ports : [], ways: ways,
                        proxy: services.isEmpty ? .none : spec.local.proxy,
                        services: services, serviceRange: ConnectivityLayout.serviceRange),
                    at: node))
        }
        if let outside = layout.outside {
            placed.append(
                PlacedCondition(
                    StandIn(ports: spec.layer == .transport ? ports : [], addresses: spec.local.external), at: outside))
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
            guard case .service(let name) = destination.target,
                let port = spec.service(name).targetPort ?? destination.port, !ports.contains(port.number)
            else { continue }
            ports.append(port.number)
        }
        return ports
    }

    /// Whether somebody asks for a port there.
    private func listens(at place: Place) -> Bool {
        spec.layer == .transport && plan.cells.contains { $0.target == .place(place) }
    }

    private func services(on testbed: any Testbed) async throws(TestbedError) -> [StandIn.Service] {
        var services: [StandIn.Service] = []
        for (service, address) in layout.services {
            var endpoints: [IPAddress] = []
            for pod in service.endpoints {
                guard let place = layout.pods[pod] else { continue }
                endpoints.append(try await testbed.endpoint(of: place, family: .ipv4).address)
            }
            for destination in spec.destinations where destination.target == .service(service.name) {
                // Layer 3 names no port: the service has the usual one then.
                guard let port = destination.port ?? spec.local.ports.first else { continue }
                services.append(
                    StandIn.Service(
                        name: "\(service.name.namespace)/\(service.name.name):\(port)",
                        transport: spec.layer == .transport ? spec.transport : .tcp, address: address,
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

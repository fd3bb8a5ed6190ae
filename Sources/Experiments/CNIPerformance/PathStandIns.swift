import Contract
import Quantities
import Testbed

/// What has to stand in somewhere so that a client gets to its server, and what the client asks for then.
struct PathStandIns: Sendable {
    let placed: [PlacedCondition]
    let target: IPAddress
    let port: UInt16

    /// Asks the testbed for addresses; the server listens at the port already.
    init(
        _ layout: PathLayout, _ ports: ServerPorts, proxy: ProxyMode, family: IPAddress.Family, on testbed: any Testbed
    ) async throws(TestbedError) {
        let address = try await testbed.endpoint(of: layout.server, family: family).address
        switch layout.way {
        case .direct:
            self.init([], address, ports.main)
        case .loopback:
            self.init([], PathLayout.loopbackAddress(family), ports.main)
        case .service(let node):
            self.init([Self.services(ports, at: node, address, proxy)], PathLayout.serviceAddress, ports.main)
        case .nodePort(let node):
            let host = try await testbed.endpoint(of: node, family: family).address
            self.init(
                [Self.services(ports, at: node, address, proxy, hasNodePorts: true)], host, ServerPorts.nodePort)
        case .outside(let node):
            let outside = PathLayout.outsideAddress(family)
            self.init(
                [
                    PlacedCondition(StandIn(addresses: [outside]), at: layout.server),
                    PlacedCondition(StandIn(ways: [StandIn.Way(to: outside, via: address)]), at: node),
                ], outside, ports.main)
        }
    }

    private init(_ placed: [PlacedCondition], _ target: IPAddress, _ port: UInt16) {
        self.placed = placed
        self.target = target
        self.port = port
    }

    private static func services(
        _ ports: ServerPorts, at node: Place, _ endpoint: IPAddress, _ proxy: ProxyMode, hasNodePorts: Bool = false
    ) -> PlacedCondition {
        let services = ports.entrances.map { entrance in
            StandIn.Service(
                name: "measured/server:\(entrance.transport)-\(entrance.port)", transport: entrance.transport,
                address: PathLayout.serviceAddress, port: entrance.port, targetPort: entrance.port,
                endpoints: [endpoint],
                nodePort: hasNodePorts ? entrance.nodePort : nil)
        }
        return PlacedCondition(
            StandIn(proxy: proxy, services: services, serviceRange: PathLayout.serviceRange), at: node)
    }

    /// Runs a body while all of them are there; each has read itself back before.
    func hold<Value: Sendable>(
        on testbed: any Testbed, deadline: Duration, seed: UInt64,
        _ body: @escaping @Sendable () async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Result<Value, TrialFailure> {
        try await Self.hold(placed[...], on: testbed, deadline: deadline, seed: seed, body)
    }

    private static func hold<Value: Sendable>(
        _ placed: ArraySlice<PlacedCondition>, on testbed: any Testbed, deadline: Duration, seed: UInt64,
        _ body: @escaping @Sendable () async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Result<Value, TrialFailure> {
        guard let first = placed.first else { return .success(try await body()) }
        let plan = ProbePlan(
            probe: first.condition, deadlineSeconds: (deadline + GracePeriods.server) / .seconds(1), seed: seed)
        return try await testbed.withProbe(plan, at: first.place) { session throws(TestbedError) in
            var report = ProbeReport()
            guard try await report.readUntilReady(session) != nil else {
                return .failure(report.failure(at: first.place))
            }
            let result = try await hold(placed.dropFirst(), on: testbed, deadline: deadline, seed: seed, body)
            await session.stop()
            try await report.readToEnd(session)
            return report.isComplete ? result : .failure(report.failure(at: first.place))
        }
    }
}

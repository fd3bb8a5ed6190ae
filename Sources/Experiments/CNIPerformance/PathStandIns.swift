import Contract
import Quantities
import Testbed

/// What has to stand in somewhere so that a client gets to its server, and what the client asks for then.
struct PathStandIns: Sendable {
    let placed: [PlacedCondition]
    let target: IPAddress
    let port: UInt16
    /// Where the streams beside a test go; nil where there are none.
    let loadPort: UInt16?

    /// Asks the testbed for addresses; the server listens at the port already.
    init(
        _ layout: PathLayout, _ ports: ServerPorts, proxy: ProxyMode, family: IPAddress.Family, on testbed: any Testbed
    ) async throws(TestbedError) {
        let address = try await testbed.endpoint(of: layout.server, family: family).address
        switch layout.way {
        case .direct:
            self.init([], address, ports.main, load: ports.load)
        case .loopback:
            self.init([], PathLayout.loopbackAddress(family), ports.main, load: ports.load)
        case .service(let node):
            self.init(
                [Self.services(ports, at: node, address, proxy)], PathLayout.serviceAddress, ports.main,
                load: ports.load)
        case .nodePort(let node):
            let host = try await testbed.endpoint(of: node, family: family).address
            self.init(
                [Self.services(ports, at: node, address, proxy, hasNodePorts: true)], host, ServerPorts.nodePort,
                load: ports.load.map { _ in ServerPorts.loadNodePort })
        case .outside:
            self.init([], PathLayout.outsideAddress(family), ports.main, load: ports.load)
        }
    }

    /// What has to be there before the server is: an address outside, and the way to it.
    static func beforeServer(
        _ layout: PathLayout, family: IPAddress.Family, on testbed: any Testbed
    ) async throws(TestbedError) -> PathStandIns {
        let address = try await testbed.endpoint(of: layout.server, family: family).address
        guard case .outside(let node) = layout.way else { return PathStandIns([], address, 0, load: nil) }
        let outside = PathLayout.outsideAddress(family)
        return PathStandIns(
            [
                PlacedCondition(StandIn(addresses: [outside]), at: layout.server),
                PlacedCondition(StandIn(ways: [StandIn.Way(to: outside, via: address)]), at: node),
            ], outside, 0, load: nil)
    }

    private init(_ placed: [PlacedCondition], _ target: IPAddress, _ port: UInt16, load: UInt16?) {
        self.placed = placed
        self.target = target
        self.port = port
        loadPort = load
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

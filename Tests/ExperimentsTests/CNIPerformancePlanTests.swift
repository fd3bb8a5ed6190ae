import Contract
import Quantities
import Resources
import Testbed
import Testing

@testable import Experiments

@Suite("The plan of a CNIPerformance")
struct CNIPerformancePlanTests {
    private static let header = """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIPerformance
        metadata: {name: plan}
        spec:
          nodes: 2
          networks:
          - {name: bridge, preset: bridge}
          - {name: overlay, preset: bridge-vxlan}

        """

    private func plan(_ rest: String) throws -> CNIPerformancePlan {
        let documents = try ResourceDecoder.decode(yaml: Self.header + rest, file: "plan.yaml")
        let resource = try #require(documents.first?.resource as? CNIPerformance)
        return CNIPerformancePlan(spec: resource.spec)
    }

    private static let quick = """
          baseline: host
          paths: [same-node, other-node]
          tests:
          - {name: stream, tool: iperf3, protocol: tcp, duration: 1s}
          - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 250ms}
          repetitions: {minimum: 6, maximum: 6}
        """

    @Test("every network, the baseline first, meets every path and every test")
    func everyCombination() throws {
        let plan = try plan(Self.quick)
        #expect(plan.networkNames == ["host", "bridge", "overlay"])
        #expect(plan.cells.count == 3 * 2 * 2)
        #expect(Set(plan.cells.map(\.variant.key)).count == 12)
        #expect(plan.cells.first?.variant.key == "network=host path=same-node test=stream")
    }

    @Test("the design names the compared factor, the baseline and the levels in the order of the resource")
    func design() throws {
        let design = try plan(Self.quick).design
        #expect(design.comparedFactor == "network")
        #expect(design.baseline == "host")
        #expect(design.factors.map(\.name) == ["network", "path", "test"])
        #expect(design.factors.first?.levels == ["host", "bridge", "overlay"])
    }

    @Test("a list of message sizes and a second family are factors; a single one is not")
    func optionalFactors() throws {
        let plan = try plan(
            """
              families: [ipv4, ipv6]
              paths: [same-node]
              tests:
              - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: [64B, 1KiB], duration: 1s}
              repetitions: {minimum: 6, maximum: 6}
            """
        )
        #expect(plan.cells.count == 2 * 2 * 2)
        #expect(plan.design.factors.map(\.name) == ["network", "path", "test", "family", "message_size"])
        #expect(plan.design.baseline == nil)
        #expect(plan.cells.last?.variant.key == "network=overlay path=same-node test=rr family=ipv6 message_size=1KiB")
    }

    @Test("a list of segment sizes is a factor, and each goes to iperf3")
    func segments() throws {
        let plan = try plan(
            """
              paths: [same-node]
              tests:
              - {name: stream, tool: iperf3, protocol: tcp, mss: [536B, 1400B], duration: 1s}
              repetitions: {minimum: 6, maximum: 6}
            """)
        #expect(plan.design.factors.map(\.name) == ["network", "path", "test", "mss"])
        let asked = plan.cells.compactMap { cell in
            let probe =
                ProbePlanner(cell: cell, warmUp: .zero, deadline: .seconds(9), seed: 0)
                .client(target: IPAddress(10, 0, 0, 1), port: 7).probe as? Iperf3Probe
            return probe?.mss
        }
        #expect(asked == [536, 536, 1400, 1400])
        #expect(plan.cells.last?.variant.key == "network=overlay path=same-node test=stream mss=1400B")
    }

    @Test("a list of rates is a factor that curves run along, and a limit is asked of them")
    func rates() throws {
        let plan = try plan(
            """
              paths: [same-node]
              tests:
              - {name: open, tool: latency, protocol: udp, pattern: open-loop, rate: [500/s, 2000/s], messageSize: 64B, duration: 1s}
              - {name: rr, tool: latency, protocol: udp, pattern: request-response, messageSize: 64B, duration: 1s}
              capacity: {percentile: p999, below: 2ms}
              repetitions: {minimum: 6, maximum: 6}
            """)
        #expect(plan.design.scaleFactor == "rate")
        #expect(plan.design.thresholds == [.init(metric: "latency_p999", limit: 0.002)])
        #expect(plan.design.factors.last?.levels == ["500/s", "2000/s"])
        let asked = plan.cells.compactMap { cell in
            let probe =
                ProbePlanner(cell: cell, warmUp: .zero, deadline: .seconds(9), seed: 0)
                .client(target: IPAddress(10, 0, 0, 1), port: 7).probe as? LatencyProbe
            return cell.network == "bridge" ? probe?.ratePerSecond : nil
        }
        #expect(asked == [500, 2_000])
        #expect(plan.cells.count == 2 * 3)
    }

    @Test("a load makes two levels of a test, and only one of them has streams beside it")
    func loads() throws {
        let plan = try plan(
            """
              paths: [same-node]
              tests:
              - {name: rr, tool: latency, protocol: udp, pattern: request-response, messageSize: 64B, duration: 1s, load: {streams: 4, direction: both}}
              repetitions: {minimum: 6, maximum: 6}
            """)
        #expect(plan.design.factors.last == .init(name: "load", levels: ["idle", "loaded"]))
        for cell in plan.cells {
            let probes = ProbePlanner(cell: cell, warmUp: .zero, deadline: .seconds(9), seed: 0)
            #expect((probes.loadServer != nil) == (cell.variant.level(of: "load") == "loaded"))
        }
        let load = try #require(plan.cells.last?.load)
        let probe =
            ProbePlanner(cell: try #require(plan.cells.last), warmUp: .zero, deadline: .seconds(9), seed: 0)
            .load(load, target: IPAddress(10, 0, 0, 1), port: 9).probe as? StreamLoad
        #expect(
            probe == StreamLoad(target: IPAddress(10, 0, 0, 1), port: 9, streams: 4, direction: .both))
        // A service leads to the streams, too, and a node has a port for them.
        let ports = ServerPorts(of: try #require(plan.spec.tests.first), listeningAt: 7, loadAt: 9)
        #expect(ports.entrances.map(\.port) == [7, 9] && ports.entrances.last?.transport == .tcp)
        #expect(Set(ports.entrances.map(\.nodePort)).count == 2)
    }

    @Test("several connections and a burst are the client's, and its server expects as many connections")
    func concurrency() throws {
        let plan = try plan(
            """
              paths: [same-node]
              tests:
              - {name: one, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 1s}
              - {name: many, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 1s, connections: 64}
              - {name: burst, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 1s, burst: 16}
              - {name: crr, tool: latency, protocol: tcp, pattern: connect-request-close, messageSize: 64B, duration: 1s, connections: 8, processors: any}
              repetitions: {minimum: 6, maximum: 6}
            """)
        let plans = plan.cells.filter { $0.network == "bridge" }.map {
            ProbePlanner(cell: $0, warmUp: .zero, deadline: .seconds(9), seed: 0)
        }
        let clients = plans.map { $0.client(target: IPAddress(10, 0, 0, 1), port: 7) }
        let probes = clients.compactMap { $0.probe as? LatencyProbe }
        #expect(probes.map(\.connections) == [nil, 64, 1, 8])
        #expect(probes.map(\.burst) == [nil, 1, 16, 1])
        // Pinned, an agent has one thread; left alone, it has one for each processor.
        #expect(clients.map(\.processor) == [0, 0, 0, nil])
        let servers = plans.compactMap { $0.server(at: nil).probe as? EchoServer }
        #expect(servers.map(\.connections) == [nil, 64, 1, 8])
        #expect(servers.map(\.closesAfterReply) == [false, false, false, true])
    }

    @Test("pods are where the paths need them, and idle ones beside them")
    func podsOnNodes() throws {
        var spec = try plan(Self.quick).spec
        #expect(CNIPerformancePlan(spec: spec).topology.networks.map(\.podsOnNode) == [[0, 0], [2, 1], [2, 1]])
        spec.podsPerNode = 10
        #expect(CNIPerformancePlan(spec: spec).topology.networks[1].podsOnNode == [12, 11])
        spec.paths = [.sameNode]
        #expect(CNIPerformancePlan(spec: spec).topology.networks[1].podsOnNode == [12, 10])
    }

    @Test("presets say how pods are attached and what carries them between nodes")
    func presets() throws {
        let networks = try plan(Self.quick).topology.networks
        #expect(networks.map(\.podNetwork) == [.none, .bridge, .bridge])
        #expect(networks.map(\.fabric) == [.routes, .routes, .vxlan])
    }

    @Test(
        "what a resource may ask for at most is also what the agent takes",
        arguments: [
            "tool: iperf3, protocol: tcp, streams: 128, omit: 1m, duration: 1h",
            "tool: iperf3, protocol: udp, rate: 1Kbit, duration: 1s",
            "tool: latency, protocol: udp, pattern: open-loop, rate: 1000000/s, messageSize: [4B, 65507B], duration: 1ms, timeout: 4s",
            "tool: latency, protocol: tcp, pattern: open-loop, rate: 1/m, messageSize: [1B, 64KiB], duration: 1h, timeout: 1m",
            "tool: latency, protocol: tcp, pattern: connect-request-close, messageSize: 1B, omit: 10m, duration: 1h",
            "tool: netperf, protocol: udp, pattern: request-response, messageSize: 65507B, duration: 1h",
            "tool: latency, protocol: tcp, pattern: request-response, messageSize: 1KiB, connections: 4096, burst: 64, duration: 1h",
            "tool: latency, protocol: tcp, pattern: connect-request-close, messageSize: 64KiB, connections: 4096, duration: 1h",
        ]
    )
    func limits(_ test: String) throws {
        let plan = try plan(
            """
              paths: [same-node]
              tests:
              - {name: limit, \(test)}
              repetitions: {minimum: 6, maximum: 6}
            """
        )
        let target = try IPAddress(parsing: "10.0.0.2")
        for cell in plan.cells {
            let planner = ProbePlanner(cell: cell, warmUp: plan.spec.warmUp, deadline: .seconds(4_000), seed: 0)
            #expect(throws: Never.self) { try planner.client(target: target, port: 1).validate() }
            #expect(throws: Never.self) { try planner.server(at: nil).validate() }
        }
    }

    @Test(
        "client and server stand where the path says, and the floor of a path is between the nodes",
        arguments: [
            ("loopback", "node0/pod0 node0/pod0 loopback", "node0 node0 loopback"),
            ("same-node", "node0/pod0 node0/pod1 direct", "node0 node0 direct"),
            ("other-node", "node0/pod0 node1/pod0 direct", "node0 node1 direct"),
            ("pod-to-host", "node0/pod0 node0 direct", "node0 node0 direct"),
            ("host-to-pod", "node0 node0/pod0 direct", "node0 node0 direct"),
            ("host-to-other-host", "node0 node1 direct", "node0 node1 direct"),
            ("service-same-node", "node0/pod0 node0/pod1 service at node0", "node0 node0 direct"),
            ("service-other-node", "node0/pod0 node1/pod0 service at node0", "node0 node1 direct"),
            ("node-port", "node1 node0/pod0 port of node0", "node0 node1 direct"),
            ("hairpin", "node0/pod0 node0/pod0 service at node0", "node0 node0 direct"),
            ("egress", "node0/pod0 node2 outside by node0", "node0 node2 direct"),
        ])
    func layouts(_ path: String, _ expected: String, _ floor: String) throws {
        let plan = try plan(
            """
              baseline: host
              paths: [\(path)]
              tests: [{name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 1s}]
              repetitions: {minimum: 6, maximum: 6}
            """)
        func words(_ network: String) throws -> String {
            let cell = try #require(plan.cells.first { $0.network == network })
            let layout = plan.layout(of: cell)
            let way =
                switch layout.way {
                case .direct: "direct"
                case .loopback: "loopback"
                case .service(let node): "service at \(node)"
                case .nodePort(let node): "port of \(node)"
                case .outside(let node): "outside by \(node)"
                }
            return "\(layout.client) \(layout.server) \(way)".replacing("\(network)/", with: "")
        }
        #expect(try words("bridge") == expected)
        #expect(try words("host") == floor)
        // Every place is there.
        let topology = plan.topology
        for cell in plan.cells {
            let layout = plan.layout(of: cell)
            for place in [layout.client, layout.server] {
                guard let network = topology.network(named: cell.network) else { continue }
                switch place {
                case .node(let node, _): #expect(node < topology.nodes)
                case .pod(let pod, let node, _): #expect(pod < network.podsOnNode[node])
                default: Issue.record("\(place) is no place of a topology")
                }
            }
            #expect(topology.networks.allSatisfy { $0.podsOnNode.count == topology.nodes })
        }
    }

    @Test(
        "a service leads to what a tool's server listens at, by the transports that it needs",
        arguments: [
            ("tool: latency, protocol: udp, pattern: request-response, messageSize: 64B, duration: 1s", "udp 7"),
            ("tool: iperf3, protocol: tcp, duration: 1s", "tcp 7"),
            ("tool: iperf3, protocol: udp, rate: 1Mbit, duration: 1s", "tcp 7, udp 7"),
            (
                "tool: netperf, protocol: udp, pattern: request-response, messageSize: 64B, duration: 1s",
                "tcp 7, udp 30081"
            ),
        ])
    func ports(_ test: String, _ expected: String) throws {
        let plan = try plan(
            """
              paths: [hairpin]
              tests: [{name: one, \(test)}]
              repetitions: {minimum: 6, maximum: 6}
            """)
        let cell = try #require(plan.cells.first)
        let ports = ServerPorts(of: cell.test, listeningAt: 7)
        #expect(ports.entrances.map { "\($0.transport) \($0.port)" }.joined(separator: ", ") == expected)
        #expect(ports.main == 7)
        #expect(ports.entrances.map(\.nodePort) == ports.entrances.map { $0.port == 7 ? 30_080 : $0.port })
    }
}

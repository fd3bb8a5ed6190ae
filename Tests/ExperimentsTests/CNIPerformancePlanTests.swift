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
            #expect(throws: Never.self) { try planner.server.validate() }
        }
    }

    @Test(
        "client and server stand where the path says",
        arguments: [
            ("network=bridge path=same-node test=rr", "bridge/node0/pod0", "bridge/node0/pod1"),
            ("network=bridge path=other-node test=rr", "bridge/node0/pod0", "bridge/node1/pod0"),
            ("network=host path=same-node test=rr", "host/node0", "host/node0"),
            ("network=host path=other-node test=rr", "host/node0", "host/node1"),
        ]
    )
    func places(_ key: String, _ client: String, _ server: String) throws {
        let plan = try plan(Self.quick)
        let cell = try #require(plan.cells.first { $0.variant.key == key })
        let places = plan.places(of: cell)
        #expect(places.client.description == client)
        #expect(places.server.description == server)
    }
}

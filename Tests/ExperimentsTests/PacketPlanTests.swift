import Contract
import Quantities
import Resources
import Testing

@testable import Experiments

@Suite("The plan of packets per second")
struct PacketPlanTests {
    private func resource() throws -> CNIPerformance {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIPerformance
            metadata: {name: packets}
            spec:
              networks: [{name: bridge, preset: bridge}]
              paths: [other-node]
              tests:
              - {name: flood, tool: packets, protocol: udp, pattern: flood, messageSize: [64B, 1400B], duration: 300ms}
              - {name: rate, tool: packets, protocol: udp, pattern: highest-rate, messageSize: 64B, lossBelow: 0.1%, duration: 1s}
              repetitions: {minimum: 6, maximum: 6}
            """
        let documents = try ResourceDecoder.decode(yaml: yaml, file: "packets.yaml")
        return try #require(documents.first?.resource as? CNIPerformance)
    }

    @Test("both ends have the size, the sender and the receiver a processor each, and a search its limit")
    func plans() throws {
        let spec = try resource().spec
        let cells = CNIPerformancePlan(spec: spec).cells
        #expect(cells.map { $0.messageSize?.bytes } == [64, 1_400, 64])
        for (cell, limit) in zip(cells, [nil, nil, 0.001]) {
            let planner = ProbePlanner(cell: cell, warmUp: spec.warmUp, deadline: .seconds(20), seed: 7)
            let server = planner.server(at: nil)
            let client = planner.client(target: IPAddress(10, 0, 0, 2), port: 9)
            let size = Int(try #require(cell.messageSize?.bytes))
            #expect(server.probe.isEqual(to: PacketServer(family: .ipv4, messageSize: size)))
            #expect(
                client.probe.isEqual(
                    to: PacketProbe(
                        target: IPAddress(10, 0, 0, 2), port: 9, messageSize: size,
                        durationNanoseconds: limit == nil ? 300_000_000 : 1_000_000_000, warmUpNanoseconds: 50_000_000,
                        lossBelow: limit)))
            #expect(client.processor == 0 && server.processor == 1 && client.seed == server.seed)
            try client.validate()
            try server.validate()
        }
    }

    @Test("on the way through a service the counts go by TCP, at the number of the datagrams' port")
    func ports() throws {
        let ports = ServerPorts(of: try #require(try resource().spec.tests.first), listeningAt: 7)
        #expect(ports.entrances.map(\.transport) == [.tcp, .udp])
        #expect(ports.entrances.allSatisfy { $0.port == 7 && $0.nodePort == ServerPorts.nodePort })
    }

    @Test("an estimate counts the usual steps of a search, and its deadline the most with all their waits")
    func time() throws {
        let tests = try resource().spec.tests
        let times = tests.map { TestTime(test: $0, warmUp: .milliseconds(50)) }
        #expect(times[0].expected == .milliseconds(385))
        #expect(times[0].longest == .milliseconds(350) + .seconds(11))
        #expect(times[1].expected == .milliseconds(85) + .seconds(PacketProbe.usualSteps))
        #expect(times[1].longest == .milliseconds(50) + .seconds(2 * PacketProbe.mostSteps) + .seconds(11))
    }
}

extension Probe {
    /// Whether both are of one kind and have the same settings.
    fileprivate func isEqual(to other: any Probe) -> Bool { (other as? Self) == self }
}

import Contract
import Quantities
import Resources
import TestSupport
import Testbed
import Testing

@testable import Experiments

@Suite("Pods that share an address")
struct SharedAddressTests {
    private static func pod(_ node: Int, _ pod: Int, _ network: String = "mine") -> Place {
        Place.pod(pod, on: node, of: network)
    }

    private func find(_ addresses: [Place: [String]]) throws -> [SharedAddress] {
        SharedAddress.find(in: try addresses.mapValues { try $0.map { try IPAddress(parsing: $0) } }) {
            $0 == "mine" ? "fixed.conflist" : nil
        }
    }

    @Test("they are found within a network and in each family, and told with the list and the way out")
    func found() throws {
        let shared = try find([
            Self.pod(0, 0): ["10.88.0.2", "fd00::1"], Self.pod(0, 1): ["10.88.0.3", "fd00::2"],
            Self.pod(1, 0): ["10.88.0.2", "fd00::3"], Self.pod(0, 0, "other"): ["10.88.0.3"],
        ])
        #expect(shared.map(\.places) == [[Self.pod(0, 0), Self.pod(1, 0)]])
        #expect(
            shared.first?.description
                == "the pods mine/node0/pod0 and mine/node1/pod0 both have the address 10.88.0.2, which the list "
                + "fixed.conflist gave them; take {{podCIDR}} for the range of each node, or an IPAM plugin that knows of "
                + "all nodes"
        )
        #expect(try find([Self.pod(0, 0): ["10.0.0.1"], Self.pod(0, 1): ["10.0.0.2"]]).isEmpty)
    }

    @Test("more than two are counted, and a network without a list is told as such")
    func several() throws {
        let shared = try find([
            Self.pod(0, 0, "x"): ["::1"], Self.pod(0, 1, "x"): ["::1"], Self.pod(1, 0, "x"): ["::1"],
        ])
        #expect(shared.first?.description.contains("and 1 more all have the address ::1, which the network") == true)
    }

    @Test("who is confused: an end that shares with the other end, or with a pod on the other end's node")
    func confusion() throws {
        let fixed = try #require(try find([Self.pod(0, 0): ["10.0.0.2"], Self.pod(1, 0): ["10.0.0.2"]]).first)
        #expect(fixed.confuses(Self.pod(0, 0), Self.pod(1, 0)))
        #expect(fixed.confuses(Self.pod(0, 1), Self.pod(1, 0)))
        #expect(fixed.confuses(Self.pod(0, 0), Self.pod(1, 1)))
        #expect(!fixed.confuses(Self.pod(0, 0), Self.pod(0, 1)))
        #expect(!fixed.confuses(Self.pod(0, 1), Self.pod(1, 1)))
        let one = try #require(try find([Self.pod(0, 0): ["10.0.0.2"], Self.pod(0, 1): ["10.0.0.2"]]).first)
        #expect(one.confuses(Self.pod(0, 0), Self.pod(0, 1)))
    }

    @Test("trials of both are skipped with the reason, by path and family, and the others are run")
    func skipped() async throws {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIPerformance
            metadata: {name: shared}
            spec:
              networks: [{name: mine, conflist: fixed.conflist}]
              paths: [same-node, other-node]
              families: [ipv4, ipv6]
              tests: [{name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 50ms}]
              repetitions: {minimum: 1, maximum: 1}
            """
        let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "shared.yaml").first)
        let experiment = try #require(ExperimentRegistry.experiment(for: document))
        let shared = SharedAddress(
            address: try IPAddress(parsing: "10.88.0.2"), places: [Self.pod(0, 0), Self.pod(1, 0)],
            list: "fixed.conflist")
        let testbed = ScriptedTestbed(shared: [shared])
        #expect(experiment.variants.count == 4)
        for variant in experiment.variants {
            let isConfused = variant.level(of: "path") == "other-node" && variant.level(of: "family") == "ipv4"
            let reason = await experiment.obstacle(to: variant, on: testbed)
            #expect(reason == (isConfused ? shared.description : nil), "\(variant)")
        }
    }
}

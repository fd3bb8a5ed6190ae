import Contract
import Resources
import Testbed
import Testing

@testable import Experiments

@Suite("The plan of a CNIBenchmark")
struct CNIBenchmarkPlanTests {
    private func plan(_ rest: String, directory: String = "") throws -> CNIBenchmarkPlan {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIBenchmark
            metadata: {name: plan}
            spec:
              networks:
              - {name: floor, preset: netlink}
              - {name: bridge, preset: bridge}
              - {name: mine, conflist: ./mine.conflist}
              repetitions: {minimum: 6, maximum: 6}
            \(rest)
            """
        let documents = try ResourceDecoder.decode(yaml: yaml, file: "plan.yaml")
        let resource = try #require(documents.first?.resource as? CNIBenchmark)
        return CNIBenchmarkPlan(spec: resource.spec, directory: directory)
    }

    private static let all = """
          pods: [1, 100]
          concurrency: [1, 4, 16]
          operations: [add, restart-storm, ipam-exhaustion, conformance]
        """

    @Test("density and concurrency vary where they mean something, and the floor has nothing to conform to")
    func cells() throws {
        let cells = try plan(Self.all).cells
        let counts = Dictionary(grouping: cells, by: \.work).mapValues(\.count)
        #expect(counts == [.lifecycle: 18, .restartStorm: 6, .exhaustion: 2, .conformance: 2])
        #expect(Set(cells.map(\.variant.key)).count == 28)
        #expect(cells.first?.variant.key == "network=floor operation=lifecycle pods=1 concurrency=1")
        #expect(cells.filter { $0.work == .restartStorm }.allSatisfy { $0.concurrency == 16 })
        #expect(cells.last?.variant.key == "network=mine operation=conformance")
    }

    @Test("the floor is the baseline, and metrics are drawn along the number of pods")
    func design() throws {
        let design = try plan(Self.all).design
        #expect(design.comparedFactor == "network")
        #expect(design.baseline == "floor")
        #expect(design.factors.map(\.name) == ["network", "operation", "pods", "concurrency"])
        #expect(design.scaleFactor == "pods")
        #expect(try plan("  concurrency: [1, 4]").design.scaleFactor == "concurrency")
        #expect(try plan("  pods: [5]").design.scaleFactor == nil)
    }

    @Test("each network has a node of its own with room for thousands of pods, and none yet")
    func topology() throws {
        let topology = try plan(Self.all, directory: "lists/").topology
        #expect(topology.networks.map(\.podNetwork) == [.direct, .bridge, .conflist(path: "lists/./mine.conflist")])
        #expect(topology.networks.allSatisfy { $0.podsOnNode == [0] })
        #expect(topology.podRangeLength == 20)
        #expect(topology.nodes == 1)
    }

    @Test("a trial has time for many pods, and for a plugin that hangs")
    func deadlines() throws {
        let plan = try plan("  pods: [1, 1000]\n  timeout: 10s")
        let few = try #require(plan.cells.first { $0.network.name == "bridge" && $0.pods == 1 })
        let many = try #require(plan.cells.first { $0.network.name == "bridge" && $0.pods == 1_000 })
        #expect(plan.deadline(of: few) > .seconds(50))
        #expect(plan.expectedDuration(of: many) > plan.expectedDuration(of: few))
        #expect(plan.deadline(of: many) > .seconds(300))
    }

    @Test("presets that a kernel may lack are tried first, and so is every list of a user's own")
    func canaries() {
        let needing = CNIBenchmark.Preset.allCases.filter {
            PluginCanaries.needs(.init(name: "n", source: .preset($0)))
        }
        #expect(needing == [.macvlan, .ipvlan, .bridgePortmap, .bridgeBandwidth, .bridgeTuning])
        #expect(PluginCanaries.needs(.init(name: "n", source: .conflist(path: "x"))))
    }
}

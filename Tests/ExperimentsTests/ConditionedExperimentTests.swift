import Contract
import Resources
import Testbed
import Testing

@testable import Experiments

@Suite("Experiments under conditions")
struct ConditionedExperimentTests {
    private func experiment(_ conditions: String) throws -> any Experiment {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIPerformance
            metadata: {name: plan}
            spec:
              networks: [{name: bridge, preset: bridge}]
              paths: [same-node, other-node]
              tests:
              - {name: stream, tool: iperf3, protocol: tcp, duration: 1s}
              conditions: [\(conditions)]
              repetitions: {minimum: 6, maximum: 6}
            """
        let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "plan.yaml").first)
        return try #require(ExperimentRegistry.experiment(for: document))
    }

    @Test("every variant meets every condition, which is the last factor")
    func everyCombination() throws {
        let experiment = try experiment("{name: clean}, {name: far, delay: 10ms}")
        #expect(
            experiment.variants.map(\.key) == [
                "network=bridge path=same-node test=stream condition=clean",
                "network=bridge path=other-node test=stream condition=clean",
                "network=bridge path=same-node test=stream condition=far",
                "network=bridge path=other-node test=stream condition=far",
            ])
        #expect(experiment.design.factors.last == .init(name: "condition", levels: ["clean", "far"]))
        #expect(experiment.design.comparedFactor == "network")
        #expect(experiment.facts["condition.clean"] == "nothing is changed")
        #expect(experiment.facts["condition.far"] == "10ms delay on egress of eth0 at the client")
    }

    @Test("links are changed at the ends that are asked for, and loads run beside the client")
    func places() throws {
        let experiment = try experiment(
            "{name: clean}, {name: c, loss: 1%}, {name: s, loss: 1%, end: server}, {name: b, loss: 1%, end: both, processors: 2}"
        )
        func placed(_ condition: String) throws -> [String] {
            let key = "network=bridge path=other-node test=stream condition=\(condition)"
            return experiment.conditions(of: try #require(experiment.variants.first { $0.key == key })).map(\.words)
        }
        let loss = "1% loss on egress of eth0 at bridge/node"
        #expect(try placed("clean") == [])
        #expect(try placed("c") == [loss + "0/pod0"])
        #expect(try placed("s") == [loss + "1/pod0"])
        #expect(try placed("b") == [loss + "0/pod0", loss + "1/pod0", "load of 2 processors at bridge/node0/pod0"])
    }

    @Test("a condition of a link needs netem, and only where it is asked for")
    func requirements() throws {
        let experiment = try experiment("{name: clean}, {name: far, delay: 10ms, direction: both}")
        func features(_ variant: Variant) -> Set<KernelFeature> {
            experiment.requirements(of: variant).reduce(into: []) { features, requirement in
                if case .kernel(let feature) = requirement.need { features.insert(feature) }
            }
        }
        #expect(features(experiment.variants[0]).isEmpty)
        #expect(features(experiment.variants[2]) == [.netem, .ingress, .flower, .mirred, .ifb])
        #expect(
            experiment.requirements(of: experiment.variants[0]).contains(
                Requirement(.program("iperf3"), isEssential: true)))
    }

    @Test("without conditions an experiment is itself")
    func none() throws {
        let plain = try experiment("{name: a}")
        #expect(plain is ConditionedExperiment)
        #expect(plain.expectedDuration(of: plain.variants[0]) > .seconds(1))
        #expect(plain.deadline(for: plain.variants[0]) > .seconds(10))
    }
}

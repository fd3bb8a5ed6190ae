import Quantities
import Resources
import Testing

@Suite("CNIBenchmark")
struct CNIBenchmarkTests {
    private static func yaml(_ spec: String) -> String {
        """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIBenchmark
        metadata: {name: sample}
        spec:
          repetitions: {minimum: 6, maximum: 6}
        \(spec)

        """
    }

    private func benchmark(_ yaml: String) throws -> CNIBenchmark? {
        try ResourceDecoder.decode(yaml: yaml, file: "t.yaml").first?.resource as? CNIBenchmark
    }

    @Test("what is left out has its default")
    func defaults() throws {
        let spec = try #require(try benchmark(Self.yaml("  networks: [{name: bridge, preset: bridge}]"))).spec
        #expect(spec.networks == [.init(name: "bridge", source: .preset(.bridge))])
        #expect(spec.pods == [1])
        #expect(spec.concurrency == [1])
        #expect(spec.operations == [.add, .check, .delete, .conformance])
        #expect(spec.sampled == 20)
        #expect(spec.timeout == .seconds(20))
        #expect(spec.seed == nil)
    }

    @Test("every key is read, and the canonical form decodes to the same")
    func canonicalForm() throws {
        let yaml = Self.yaml(
            """
              networks:
              - {name: mine, conflist: ./10-mine.conflist}
              - {name: floor, preset: netlink}
              - {name: chain, preset: bridge-portmap}
              pods: [1, 100]
              concurrency: [1, 16]
              operations: [add, restart-storm, ipam-exhaustion]
              sampled: 5
              timeout: 2s
              seed: 7
            """
        )
        let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "t.yaml").first)
        let spec = try #require(document.resource as? CNIBenchmark).spec
        #expect(
            spec.networks.map(\.source) == [
                .conflist(path: "./10-mine.conflist"), .preset(.netlink), .preset(.bridgePortmap),
            ])
        #expect(spec.pods == [1, 100])
        #expect(spec.concurrency == [1, 16])
        #expect(spec.operations == [.add, .restartStorm, .ipamExhaustion])
        #expect((spec.sampled, spec.timeout, spec.seed) == (5, .seconds(2), 7))
        #expect(try benchmark(document.canonicalJSON) == document.resource as? CNIBenchmark)
    }

    @Test(
        "what cannot be is refused with its place",
        arguments: [
            ("  networks: []", "spec.networks: expected at least one of networks, found an empty list"),
            ("  networks: [{name: a}]", "spec.networks[0].preset: a network needs a preset ("),
            ("  networks: [{name: a, preset: brigde}]", "Did you mean \"bridge\"?"),
            (
                "  networks: [{name: a, preset: ptp, conflist: b}]",
                "spec.networks[0].preset: a network has a preset or a conflist, not both"
            ),
            (
                "  networks: [{name: a, preset: ptp}, {name: a, preset: bridge}]",
                "spec.networks[1]: the name a is there twice"
            ),
            (
                "  networks: [{name: a, preset: ptp}]\n  pods: [0]",
                "spec.pods[0]: expected a whole number from 1 to 2000, found 0"
            ),
            ("  networks: [{name: a, preset: ptp}]\n  pods: [5, 5]", "spec.pods[1]: 5 is there twice"),
            (
                "  networks: [{name: a, preset: ptp}]\n  concurrency: [65]",
                "spec.concurrency[0]: expected a whole number from 1 to 64"
            ),
            (
                "  networks: [{name: a, preset: ptp}]\n  operations: [check]",
                "spec.operations: check and delete need pods that were added"
            ),
            (
                "  networks: [{name: a, preset: ptp}]\n  operations: [ad]",
                "spec.operations[0]: expected one of add, check, delete, restart-storm, ipam-exhaustion, conformance"
            ),
            (
                "  networks: [{name: a, preset: ptp}]\n  timeout: 5",
                "spec.timeout: expected a duration with a unit"
            ),
            (
                "  networks: [{name: a, preset: bridge}]\n  pods: [1, 1010]",
                "spec.pods: 1030 pods at a time, sampled ones included, do not fit the network a"
            ),
            (
                "  networks: [{name: a, preset: netlink}]\n  operations: [conformance, ipam-exhaustion]",
                "spec.operations: the preset netlink has no plugin that could conform"
            ),
            ("  networks: [{name: a, preset: ptp}]\n  podz: [1]", "Did you mean \"pods\"?"),
        ]
    )
    func badInput(_ spec: String, _ words: String) {
        let found = problems(in: Self.yaml(spec))
        #expect(found.count == 1)
        #expect(found.first?.contains(words) == true, "\(found)")
    }

    @Test(
        "the scenarios decode, and have a floor to compare with",
        arguments: ["cni-benchmark.yaml", "cni-benchmark-quick.yaml", "cni-benchmark-1000.yaml"]
    )
    func scenarios(_ file: String) throws {
        let spec = try #require(try benchmark(ScenarioFiles.scenario(file))).spec
        #expect(spec.networks.first?.source == .preset(.netlink))
        #expect(spec.networks.contains { $0.source == .preset(.bridge) })
    }
}

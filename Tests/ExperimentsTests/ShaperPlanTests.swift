import Contract
import Resources
import TestSupport
import Testbed
import Testing

@testable import Experiments

@Suite("The links of a NetworkTrafficShaper")
struct ShaperPlanTests {
    private func plan(_ spec: String) throws -> ShaperPlan {
        let yaml =
            "apiVersion: networkmachinery.io/v1alpha1\nkind: NetworkTrafficShaper\nmetadata: {name: s}\nspec:\n"
            + spec.split(separator: "\n").map { "  \($0)\n" }.joined()
        let document = try ResourceDecoder.decode(yaml: yaml, file: "s.yaml").first
        return ShaperPlan(spec: try #require(document?.resource as? NetworkTrafficShaper).spec)
    }

    @Test("pods take turns, stand where it is said, or where their names say")
    func places() throws {
        let plan = try plan(
            """
            duration: 5s
            targets: [{name: a, loss: 1%}, {name: node1-pod2, loss: 1%}]
            local: {nodes: 2, pods: [{name: a}, {name: b}, {name: c}, {name: d, node: 1}, {name: node1-pod2}]}
            """)
        let places = Dictionary(uniqueKeysWithValues: plan.places.map { ($0.key.name, "\($0.value)") })
        #expect(
            places == [
                "a": "netlink/node0/pod0", "b": "netlink/node1/pod0", "c": "netlink/node0/pod1",
                "d": "netlink/node1/pod1",
                "node1-pod2": "netlink/node1/pod2",
            ])
        #expect(plan.topology.networks.first?.podsOnNode == [2, 3])
    }

    @Test("every link of a selector is a variant, and nobody who is shaped sees what is done to others")
    func variants() throws {
        let plan = try plan(
            """
            duration: 5s
            targets: [{selector: {matchLabels: {app: w}}, delay: 10ms}, {kind: node, name: node0, dns: dead}]
            local: {pods: [{name: w0, labels: {app: w}}, {name: w1, labels: {app: w}}, {name: x}]}
            """)
        #expect(
            plan.cells.map(\.variant.key) == [
                "target=w0 shaping=10ms delay on egress of eth0", "target=w1 shaping=10ms delay on egress of eth0",
                "target=node0 shaping=packets vanish on egress of eth0 for all peer's port 53",
            ])
        #expect(plan.witnesses.map(\.description) == ["netlink/node0/pod1", "netlink/node1"])
        #expect(plan.design.matrix == Design.Matrix(rows: "target", columns: "shaping"))
    }

    @Test("what is done needs netem or nft, with the filters that it has, and all are done at once")
    func experiment() throws {
        let spec = try plan(
            "duration: 5s\ntargets: [{name: a, loss: 1%, filters: [{pod: b}]}, {name: c, block: drop}, {name: d, link: down}, {name: e, conntrack: full}]"
        ).spec
        let experiment = NetworkTrafficShaperExperiment(
            NetworkTrafficShaper(metadata: Metadata(name: "s"), spec: spec))
        let needs = experiment.variants.map { Set(experiment.requirements(of: $0).map(\.need)) }
        #expect(needs[0] == [.kernel(.netem), .kernel(.prio), .kernel(.flower)])
        #expect(needs[1] == [.kernel(.nftables), .program("nft")])
        #expect(needs[2].isEmpty)
        #expect(needs[3] == [.kernel(.conntrack), .kernel(.nftables), .program("nft")])
        #expect(Set(experiment.variants.map { experiment.batch(of: $0) }).count == 1)
        // As long as the slowest takes to be in place.
        #expect(experiment.deadline(for: experiment.variants[0]) > .seconds(35) + ConntrackFull().longestStart)
    }

    private func record(
        _ effect: ExpectedEffect, isSeen: Bool = true, toward peer: Place? = .node(1, of: "b")
    ) -> ShaperRecord {
        ShaperRecord(
            placed: PlacedCondition(TrafficCut(), at: .node(0, of: "b"), toward: peer), effect: effect, isSeen: isSeen)
    }

    @Test("a finding says what was seen, what was not, and what nobody could see")
    func findings() {
        let silence = ExpectedEffect(isSilence: true)
        let clear = PathReading(sent: 11, answered: 11, roundTrip: 0.0001)
        var injected = record(silence)
        (injected.before, injected.during, injected.after) = (clear, PathReading(sent: 11), clear)
        #expect(injected.finding.found == "Injected" && injected.finding.verdict == .passed)
        #expect(injected.finding.detail.contains("0.0 → 100.0 → 0.0 % (n = 11)"))
        injected.problem = "no"
        #expect(injected.finding.found == "NotEffective" && injected.finding.verdict == .failed)
        #expect(record(silence).finding.verdict == .failed)
        #expect(record(silence, isSeen: false).finding.verdict == .shown)
        #expect(record(silence, toward: nil).finding.found == "NotMeasured")
        #expect(record(ExpectedEffect()).finding.found == "NotMeasured")
    }

    @Test("names of places are those of labs and no others")
    func names() {
        #expect(PodPlaceName.parse("node12-pod0")?.node == 12)
        for name in ["node-pod0", "node0-pod", "node0-pod-1", "node01-pod0", "pod0-node0", "node0", "node0-pod0-x"] {
            #expect(PodPlaceName.parse(name) == nil, "\(name)")
        }
    }

    @Test("tasks pass when all have come or left")
    func rendezvous() async {
        let rendezvous = Rendezvous(of: 3)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    await rendezvous.meet()
                    await rendezvous.meet()
                    await rendezvous.leave()
                }
            }
            group.addTask {
                await rendezvous.meet()
                await rendezvous.leave()
            }
        }
        await rendezvous.leave()
    }
}

import Contract
import Quantities
import Resources
import Testing

@Suite("NetworkTrafficShaper decodes, and refuses what cannot be")
struct NetworkTrafficShaperTests {
    private static func yaml(_ lines: String) -> String {
        "apiVersion: networkmachinery.io/v1alpha1\nkind: NetworkTrafficShaper\nmetadata: {name: sample}\nspec:\n"
            + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    private func spec(_ yaml: String) throws -> NetworkTrafficShaper.Spec {
        let documents = try ResourceDecoder.decode(yaml: yaml, file: "t.yaml")
        return try #require(documents.first?.resource as? NetworkTrafficShaper).spec
    }

    @Test("targets of the first implementation mean the same")
    func seed() throws {
        let read = try spec(
            Self.yaml(
                """
                duration: 30s
                targets:
                - namespace: default
                  kind: selector
                  targetSelector: {matchLabels: {app: db}}
                  configuration: {type: delay, device: eth0, value: "200ms"}
                - {namespace: default, kind: pod, name: x, container: "", configuration: {type: loss, device: net1, value: "100%"}}
                local: {pods: [{name: db-0, labels: {app: db}}]}
                """))
        #expect(read.targets.map(\.interface) == ["eth0", "net1"])
        #expect(
            read.targets.map(\.change.impairment) == [
                LinkImpairment(delay: PacketDelay(nanoseconds: 200_000_000)),
                LinkImpairment(loss: .random(PacketShare(1))),
            ])
        #expect(read.subjects(of: read.targets[0]).map(\.description) == ["db-0"])
        #expect(read.pods.map(\.name.name) == ["db-0", "x"])
    }

    @Test("selectors choose by labels and by requirements, and filters by pods")
    func selectors() throws {
        let read = try spec(
            Self.yaml(
                """
                duration: 2s
                targets:
                - selector: {matchExpressions: [{key: app, operator: In, values: [a, b]}, {key: old, operator: DoesNotExist}]}
                  block: reject
                  direction: both
                  filters: [{pod: p3, protocol: tcp, peerPort: 80}, {selector: {matchLabels: {app: c}}}, {peer: 10.0.0.0/8}]
                local:
                  pods: [{name: p0, labels: {app: a}}, {name: p1, labels: {app: b, old: "1"}}, {name: p2, labels: {app: c}}]
                """))
        let target = try #require(read.targets.first)
        #expect(read.subjects(of: target).map(\.description) == ["p0"])
        #expect(read.pods.map(\.name.name) == ["p0", "p1", "p2", "p3"])
        let address = IPAddress(10, 0, 0, 9)
        #expect(
            target.filters.flatMap { $0.resolved([address]) } == [
                TrafficFilter(peer: CIDR(address, clampedPrefixLength: 32), content: .tcp, peerPort: 80),
                TrafficFilter(peer: CIDR(address, clampedPrefixLength: 32)),
                TrafficFilter(peer: try CIDR(parsing: "10.0.0.0/8")),
            ])
        let condition = try #require(target.conditions().first as? TrafficCut)
        #expect(condition == TrafficCut(.reject, direction: .both))
    }

    @Test(
        "what cannot be done is refused with its place",
        arguments: [
            ("targets: [{name: a, delay: 1ms}]", "spec.duration: the key is missing"),
            ("duration: 0s\ntargets: [{name: a, delay: 1ms}]", "spec.duration: expected 1s"),
            ("duration: 5s\ntargets: [{name: a}]", "spec.targets[0]: changes nothing"),
            ("duration: 5s\ntargets: [{name: a, delay: 1ms, link: down}]", "does several things"),
            (
                "duration: 5s\ntargets: [{name: a, delay: 1ms, interface: lo}]",
                "spec.targets[0].interface: the loopback"
            ),
            ("duration: 5s\ntargets: [{selector: {matchLabels: {app: a}}, loss: 1%}]", "no pod has these labels"),
            ("duration: 5s\ntargets: [{selector: {}, loss: 1%}]", "selects everything"),
            (
                "duration: 5s\ntargets: [{name: a, loss: 1%}, {name: a, delay: 1ms}]",
                "spec.targets[1]: eth0 of a is shaped by targets[0] already"
            ),
            ("duration: 5s\ntargets: [{kind: node, name: node7, loss: 1%}]", "there is no node node7"),
            (
                "duration: 5s\ntargets: [{kind: node, name: node0, loss: 1%}]\nlocal: {nodes: 1}",
                "nobody is left who could see it"
            ),
            ("duration: 5s\ntargets: [{name: a, los: 1%}]", "unknown key"),
            ("duration: 5s\ntargets: [{name: a, link: down, filters: [{ownPort: 1}]}]", "filters: means nothing"),
            (
                "duration: 5s\ntargets: [{name: a, conntrack: full, exempt: [{ownPort: 1}]}]",
                "spec.targets[0].exempt: means nothing"
            ),
            (
                "duration: 5s\ntargets: [{name: a, conntrack: full, interface: eth0}]",
                "spec.targets[0].interface: the connection tracker is that of all interfaces"
            ),
            ("duration: 5s\ntargets: [{name: a, conntrack: full, link: down}]", "does several things"),
            ("duration: 5s\ntargets: [{name: a, loss: 1%, filters: [{pod: b, peer: 10.0.0.0/8}]}]", "found several"),
            (
                "duration: 5s\ntargets: [{name: a, loss: 1%, configuration: {type: loss, device: eth0, value: 1%}}]",
                "says the same another way"
            ),
            (
                "duration: 5s\ntargets: [{name: a, configuration: {type: los, device: eth0, value: 1%}}]",
                "configuration.type: expected one of loss, delay"
            ),
            ("duration: 5s\ntargets: [{name: a, reorder: 5%}]", "reorder: needs a delay"),
            (
                "duration: 5s\ntargets: [{name: a, link: down, interface: a/b}]",
                "cannot be carried out: expected 1 to 15"
            ),
            (
                "duration: 5s\ntargets: [{name: a, block: drop, filters: [{protocol: icmp, peerPort: 80, pod: b}]}]",
                "spec.targets[0]: packets vanish on egress of eth0"
            ),
            ("duration: 5s\ntargets: [{name: a, blackHoleAbove: 65535B}]", "blackHoleAbove: expected 68B to 65534B"),
            (
                "duration: 5s\ntargets: [{name: a, loss: 1%}]\nlocal: {pods: [{name: a, node: 2}]}",
                "stands on node2, and there are 2 nodes"
            ),
            ("duration: 5s\ntargets: [{selector: {matchExpressions: [{key: a, operator: In}]}, loss: 1%}]", "values"),
        ]
    )
    func refusals(_ text: String, _ words: String) {
        let found = problems(in: Self.yaml(text))
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }

    @Test("a connection tracker that is full is a target as others are")
    func conntrack() throws {
        let read = try spec(Self.yaml("duration: 5s\ntargets: [{kind: node, name: node0, conntrack: full}]"))
        let target = try #require(read.targets.first)
        #expect(target.subject == .node("node0"))
        #expect(target.conditions().count == 1 && target.conditions().first is ConntrackFull)
    }

    @Test(
        "the canonical form is the same resource",
        arguments: ["", "duration: 5s\ntargets: [{name: a, conntrack: full}]"])
    func canonical(_ lines: String) throws {
        let documents = try ResourceDecoder.decode(
            yaml: lines.isEmpty ? ScenarioFiles.scenario("traffic-shaper.yaml") : Self.yaml(lines), file: "t.yaml")
        let document = try #require(documents.first)
        let again = try ResourceDecoder.decode(yaml: document.canonicalJSON, file: "c.json")
        #expect(again.first?.resource as? NetworkTrafficShaper == document.resource as? NetworkTrafficShaper)
        #expect(again.first?.canonicalJSON == document.canonicalJSON)
    }
}

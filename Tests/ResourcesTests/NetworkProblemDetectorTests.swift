import Contract
import Quantities
import Resources
import Testing

@Suite("NetworkProblemDetector decodes, and refuses what cannot be")
struct NetworkProblemDetectorTests {
    private static func yaml(_ spec: String) -> String {
        "apiVersion: networkmachinery.io/v1alpha1\nkind: NetworkProblemDetector\nmetadata: {name: sample}\n"
            + "spec: {\(spec)}\n"
    }

    private func spec(_ text: String) throws -> NetworkProblemDetector.Spec {
        let documents = try ResourceDecoder.decode(yaml: Self.yaml(text), file: "t.yaml")
        return try #require(documents.first?.resource as? NetworkProblemDetector).spec
    }

    @Test("what is left out has the documented default")
    func defaults() throws {
        #expect(try spec("") == NetworkProblemDetector.Spec())
        #expect(try spec("expect: none").expect.isEmpty)
        #expect(try spec("period: 100ms").timeout == .milliseconds(80))
    }

    @Test("every key is read, and the canonical form means the same")
    func everything() throws {
        let text =
            "network: bridge-vxlan, nodes: 6, podsPerNode: 2, checks: [udp, mtu, dns], paths: [pod-pod], neighbours: 4, "
            + "proxy: iptables-nft, period: 200ms, timeout: 100ms, window: 2s, duration: 1m, "
            + "thresholds: {openAfter: 3, openWithin: 5, closeAfter: 2, loss: 5%, latency: 1ms, conntrack: 80%, drops: 9}, "
            + "expect: [{fault: mtu, place: node1 -> node2}], conditions: [{name: lossy, loss: 1%}], "
            + "repetitions: {minimum: 2, maximum: 2}, seed: 3"
        let spec = try spec(text)
        #expect(
            spec
                == NetworkProblemDetector.Spec(
                    network: .bridgeVXLAN, nodes: 6, podsPerNode: 2, checks: [.udp, .mtu, .dns], paths: [.podToPod],
                    neighbours: 4, proxy: spec.proxy, period: .milliseconds(200), timeout: .milliseconds(100),
                    window: .seconds(2), duration: .minutes(1),
                    thresholds: .init(
                        openAfter: 3, openWithin: 5, closeAfter: 2, loss: Ratio(fraction: 0.05),
                        latency: .milliseconds(1), conntrack: Ratio(fraction: 0.8), drops: 9),
                    expect: [.init(.mtu, at: "node1 -> node2")], conditions: spec.conditions,
                    repetitions: .init(minimum: 2, maximum: 2), seed: 3))
        #expect(spec.conditions.map(\.name) == ["lossy"])
        let document = try #require(
            try ResourceDecoder.decode(yaml: Self.yaml(text), file: "t.yaml").first)
        let again = try ResourceDecoder.decode(yaml: document.canonicalJSON, file: "t.yaml").first
        #expect((again?.resource as? NetworkProblemDetector)?.spec == spec)
    }

    @Test(
        "places are taken as findings write them, and as people type them",
        arguments: [
            "node1", "node1/pod0", "node0 -> node1", "node0->node1", "node0 → node1", "node0 - node1", "node0-node1",
            "node0 – node1", "node0/pod0 → node1/pod0", "service", "dns", "node0/pod0 → service", "node0/pod0 -> dns",
        ])
    func places(_ place: String) throws {
        let read = try spec("checks: [udp, service, dns], podsPerNode: 1, expect: [{fault: loss, place: '\(place)'}]")
        #expect(read.expect.map(\.place) == [place])
    }

    @Test(
        "what does not go together is refused where it stands",
        arguments: [
            ("timeout: 480ms", "spec.timeout: a time-out of 480ms reaches into the next attempt"),
            ("window: 100ms, period: 200ms", "spec.window: a window of 100ms is shorter than the period"),
            ("duration: 1s", "spec.duration: a watch of 1s is shorter than a window of 5s"),
            ("checks: [dns], proxy: none", "spec.proxy: services and names need a proxy"),
            ("podsPerNode: 0, paths: [pod-pod]", "spec.paths: without pods there is node-node only"),
            ("thresholds: {openAfter: 4, openWithin: 2}", "4 windows cannot be among 2"),
            ("expect: [{fault: los, place: a}]", "Did you mean \"loss\"?"),
            ("expect: []", "expected at least one of findings"),
            ("nodes: 64, neighbours: 63, podsPerNode: 16", "an agent would have up to"),
            ("duration: 5s", "spec.duration: a watch of 5s has 1 windows of 5s, and a finding takes 2 of them"),
            (
                "duration: 1m, thresholds: {openAfter: 13, openWithin: 13}",
                "has 12 windows of 5s, and a finding takes 13"
            ),
            (
                "expect: [{fault: loss, place: node9}]",
                "spec.expect: loss at node9 can never be found: there is no node9"
            ),
            ("expect: [{fault: loss, place: node0/pod7}]", "there is no node0/pod7"),
            ("expect: [{fault: loss, place: node0->node9}]", "there is no node9"),
            ("expect: [{fault: loss, place: node1 -> node1}]", "both ends are the same"),
            ("checks: [udp], expect: [{fault: loss, place: service}]", "the checks have no service"),
            ("checks: [udp], expect: [{fault: mtu, place: node1}]", "the checks have no mtu"),
            ("expect: [{fault: loss, place: node0 - node1 - node2}]", "it is no place and no pair of places"),
            ("expect: [{fault: loss, place: '-'}]", "it is no place and no pair of places"),
            ("checks: [udp, service], expect: [{fault: loss, place: node9 -> service}]", "there is no node9"),
        ])
    func refusals(_ text: String, _ words: String) throws {
        let error = #expect(throws: (any Error).self) { try spec(text) }
        #expect(error.map { "\($0)" }?.contains(words) == true, "\(error.map { "\($0)" } ?? "")")
    }
}

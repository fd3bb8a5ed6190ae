import Contract
import Quantities
import Resources
import Testing

@Suite("NetworkConnectivityTest decodes, and refuses what cannot be")
struct NetworkConnectivityTestTests {
    private static let lines = [
        "apiVersion: networkmachinery.io/v1alpha1",
        "kind: NetworkConnectivityTest",
        "metadata: {name: sample}",
        "spec:",
        "  layer: 4",
        "  source: {name: a}",
        "  destinations:",
        "  - {kind: pod, name: b, port: 80}",
    ]

    private static func yaml(_ more: [String] = [], replacing replacements: [Int: String] = [:]) -> String {
        (lines.enumerated().map { replacements[$0.offset + 1] ?? $0.element } + more).joined(separator: "\n") + "\n"
    }

    private func spec(_ yaml: String) throws -> NetworkConnectivityTest.Spec {
        let documents = try ResourceDecoder.decode(yaml: yaml, file: "t.yaml")
        return try #require(documents.first?.resource as? NetworkConnectivityTest).spec
    }

    @Test("the smoke test of the first implementation means the same, unchanged")
    func seed() throws {
        let spec = try spec(ScenarioFiles.scenario("connectivity-seed.yaml"))
        #expect(spec.layer == .network)
        #expect(spec.sources == [.pod(.init("demo-pod-1"), container: nil)])
        #expect(
            spec.destinations == [
                .init(.pod(.init("demo-pod-2"))), .init(.address(IPAddress(8, 8, 8, 8))),
                .init(.service(.init("demo-service"))),
            ])
        #expect(
            spec.pods.map(\.description) == ["demo-pod-1", "demo-pod-2", "demo-service-0", "demo-service-1"])
    }

    @Test("what is left out has the documented default")
    func defaults() throws {
        #expect(
            try spec(Self.yaml())
                == .init(
                    layer: .transport, sources: [.pod(.init("a"), container: nil)],
                    destinations: [.init(.pod(.init("b")), port: Port(number: 80))]))
    }

    @Test("every key is read")
    func everything() throws {
        let spec = try spec(
            Self.yaml(
                [
                    "  - {kind: service, namespace: shop, name: s, port: 443, expect: blocked}",
                    "  - {kind: external, ip: 'fd00::1', port: 53, expect: refused}", "  protocol: udp", "  count: 7",
                    "  interval: 2ms", "  timeout: 250ms", "  packetSize: 1000B", "  concurrency: 3", "  deadline: 5s",
                    "  converge: true",
                    "  family: both", "  maximumLoss: 10%", "  repetitions: {minimum: 2, maximum: 2}", "  seed: 9",
                    "  local:", "    network: ptp", "    nodes: 3", "    ports: [80, 81]", "    proxy: iptables-nft",
                    "    services: [{name: s, namespace: shop, endpoints: [e, f], targetPort: 8443}]",
                    "    external: ['fd00::1']",
                    "    blocks: [{to: b, from: shop/e, port: 80, action: reject}]",
                ],
                replacing: [6: "  sources: [{name: a, namespace: n, container: c}, {kind: node, name: node2}]"]))
        #expect(spec.sources == [.pod(.init("a", namespace: "n"), container: "c"), .node("node2")])
        #expect(spec.destinations.map(\.label) == ["b:80", "shop/s:443", "[fd00::1]:53"])
        #expect(spec.destinations.map(\.expect) == [nil, .blocked, .refused])
        #expect(spec.transport == .udp)
        #expect((spec.count, spec.interval, spec.timeout) == (7, .milliseconds(2), .milliseconds(250)))
        #expect((spec.packetSize.bytes, spec.concurrency, spec.deadline) == (1_000, 3, .seconds(5)))
        #expect(spec.families == [.ipv4, .ipv6])
        #expect(spec.waitsForExpected)
        #expect(spec.maximumLoss.fraction == 0.1)
        #expect((spec.local.network, spec.local.nodes, spec.local.proxy) == (.ptp, 3, .iptablesNFT))
        #expect(spec.service(.init("s", namespace: "shop")).endpoints.map(\.description) == ["shop/e", "shop/f"])
        #expect(
            spec.local.blocks == [
                .init(to: .init("b"), from: .init("e", namespace: "shop"), port: Port(number: 80), action: .reject)
            ])
    }

    @Test(
        "the canonical form is the same resource",
        arguments: ["connectivity.yaml", "connectivity-seed.yaml", "connectivity-dns.yaml"])
    func canonical(_ file: String) throws {
        let document = try #require(
            try ResourceDecoder.decode(yaml: ScenarioFiles.scenario(file), file: file).first)
        let again = try #require(try ResourceDecoder.decode(yaml: document.canonicalJSON, file: "c.yaml").first)
        #expect(again.canonicalJSON == document.canonicalJSON)
        #expect(
            (again.resource as? NetworkConnectivityTest)?.spec == (document.resource as? NetworkConnectivityTest)?.spec)
    }

    @Test("names, labels and selectors are read, and the canonical form is the same resource")
    func namesAndSelectors() throws {
        let yaml = Self.yaml(
            [
                "  - {kind: name, name: Shop.Default.svc.cluster.local., port: 80, server: 10.0.0.53}",
                "  - {kind: pod, namespace: n, selector: {matchLabels: {app: web}}, port: 80}",
                "  local:",
                "    names: {WWW.x: 10.0.0.1}",
                "    pods:",
                "    - {name: w, namespace: n, labels: {app: web, tier: a}}",
                "    - {name: v, namespace: n, labels: {app: web}}",
                "    - {name: u, labels: {app: web}}",
            ],
            replacing: [
                6:
                    "  sources: [{namespace: n, selector: {matchExpressions: [{key: tier, operator: Exists}]}}, {name: a}]"
            ])
        let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "t.yaml").first)
        let spec = try #require(document.resource as? NetworkConnectivityTest).spec
        #expect(spec.local.names == ["www.x": IPAddress(10, 0, 0, 1)])
        #expect(spec.sources.map(\.description) == ["n/tier", "a"])
        #expect(
            spec.destinations.map(\.label) == [
                "b:80", "shop.default.svc.cluster.local at 10.0.0.53:80", "n/app=web:80",
            ])
        #expect(spec.resolved.sources.map(\.description) == ["n/w", "a"])
        #expect(spec.resolved.destinations.map(\.label).suffix(2) == ["n/w:80", "n/v:80"])
        #expect(spec.resolved.pods.map(\.description) == ["n/w", "a", "b", "n/v"])
        let again = try #require(try ResourceDecoder.decode(yaml: document.canonicalJSON, file: "c.yaml").first)
        #expect(again.canonicalJSON == document.canonicalJSON)
        #expect((again.resource as? NetworkConnectivityTest)?.spec == spec)
    }

    @Test("requests have a path and a status, and the canonical form is the same resource")
    func requests() throws {
        let yaml = Self.yaml(
            [
                "  - {kind: name, name: shop.x, port: 443, path: '/a?b=c', status: 403}", "  protocol: https",
                "  trusted: /ca.pem",
            ],
            replacing: [5: "  layer: 7"])
        let document = try #require(try ResourceDecoder.decode(yaml: yaml, file: "t.yaml").first)
        let spec = try #require(document.resource as? NetworkConnectivityTest).spec
        #expect(spec.application == .https && spec.trusted == "/ca.pem" && spec.asksPorts)
        #expect(spec.destinations.map(\.label) == ["b:80", "shop.x:443/a?b=c"])
        #expect(spec.destinations.map(\.status) == [nil, 403])
        let again = try #require(try ResourceDecoder.decode(yaml: document.canonicalJSON, file: "c.yaml").first)
        #expect((again.resource as? NetworkConnectivityTest)?.spec == spec)
    }

    @Test("a label is compared as Kubernetes does it")
    func expressions() {
        typealias Expression = NetworkConnectivityTest.PodSelector.Expression
        let labels = ["tier": "a"]
        for (expression, holds) in [
            (Expression("tier", .isIn, ["a", "b"]), true), (Expression("tier", .isIn, ["b"]), false),
            (Expression("app", .isIn, ["a"]), false), (Expression("tier", .isNotIn, ["b"]), true),
            (Expression("tier", .isNotIn, ["a"]), false), (Expression("app", .isNotIn, ["a"]), true),
            (Expression("tier", .exists), true), (Expression("app", .exists), false),
            (Expression("tier", .isAbsent), false), (Expression("app", .isAbsent), true),
        ] {
            let selector = NetworkConnectivityTest.PodSelector(expressions: [expression])
            #expect(selector.selects(.init(.init("p"), labels: labels)) == holds, "\(expression)")
        }
        let everyone = NetworkConnectivityTest.PodSelector()
        #expect(everyone.selects(.init(.init("p"))) && !everyone.selects(.init(.init("p", namespace: "n"))))
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let line: Int
        let text: String
        let problem: String
        var testDescription: String { text }

        init(_ line: Int, _ text: String, _ problem: String) {
            (self.line, self.text, self.problem) = (line, text, problem)
        }
    }

    @Test(
        "what cannot be is refused, with its place and a way out",
        arguments: [
            Bad(5, "  layer: 5", "t.yaml:5:10: spec.layer: expected one of 3, 4, 7, found 5"),
            Bad(6, "  sources: []", "spec.sources: expected at least one of pods and nodes, found an empty list"),
            Bad(6, "  sources: [{name: a}, {name: a}]", "spec.sources[1]: the source a is there twice"),
            Bad(
                6, "  source: {kind: node, name: node7}",
                "spec.source: there is no node node7; the local testbed has node0 to node1"),
            Bad(
                6, "  source: {kind: node, name: node0, namespace: x}", "spec.source.namespace: a node has no namespace"
            ),
            Bad(6, "  seed: 1", "spec.sources: the key is missing"),
            Bad(8, "  - {kind: pod, name: b}", "t.yaml:8:5: spec.destinations[0]: layer 4 needs a port of b"),
            Bad(8, "  - {kind: pod, name: b, port: 0}", "spec.destinations[0].port: expected a port"),
            Bad(8, "  - {kind: pod, name: B, port: 1}", "spec.destinations[0].name: expected a name of lower-case"),
            Bad(8, "  - {kind: pdo, name: b, port: 1}", "spec.destinations[0].kind: expected one of pod, ip"),
            Bad(8, "  - {kind: pod, port: 1}", "spec.destinations[0].name: the key is missing"),
            Bad(
                8, "  - {kind: ip, name: b, port: 1}", "spec.destinations[0].name: a destination of kind ip has no name"
            ),
            Bad(8, "  - {kind: ip, ip: 10.0.0, port: 1}", "spec.destinations[0].ip: expected an IP address"),
            Bad(8, "  - {kind: ip, ip: 'fd00::1', port: 1}", "spec.destinations[0]: fd00::1 is of ipv6"),
            Bad(
                8, "  - {kind: pod, name: b, port: 1, expect: maybe}",
                "spec.destinations[0].expect: expected one of reached"),
            Bad(8, "  - {kind: pod, name: b, port: 1, tls: true}", "spec.destinations[0].tls: unknown key"),
            Bad(
                8, "  - {kind: pod, selector: {matchLabels: {app: web}}, port: 1}",
                "spec.destinations[0]: no pod is selected by app=web; give pods labels in local.pods"),
            Bad(6, "  source: {selector: {}}", "spec.source: no pod is selected by every pod"),
            Bad(6, "  source: {selector: {}, name: a}", "spec.source.name: pods are selected already"),
            Bad(
                6, "  source: {selector: {matchExpressions: [{key: a, operator: In}]}}",
                "spec.source.selector.matchExpressions[0].values: In goes with values"),
            Bad(
                6, "  source: {selector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}",
                "spec.source.selector.matchExpressions[0].values: Exists has no values"),
            Bad(8, "  - {kind: name, name: a..b, port: 1}", "spec.destinations[0].name: a name has labels of 1 to 63"),
            Bad(8, "  - {kind: name, name: 'a b', port: 1}", "spec.destinations[0].name: a name has letters"),
            Bad(
                8, "  - {kind: name, name: a.x, port: 1, type: SRV}",
                "spec.destinations[0]: the type SRV is asked for on"),
            Bad(8, "  - {kind: name, name: a.x, port: 1, ip: 10.0.0.1}", "a destination of kind name has no ip"),
            Bad(
                8, "  - {kind: pod, name: b, port: 1, expect: nameNotFound}",
                "spec.destinations[0]: b:1 is found without a name"),
            Bad(5, "  layer: 7", "spec.destinations[0]: name servers are asked at port 53; leave the port of b:80 out"),
            Bad(8, "  -", "spec.destinations[0]: expected a mapping"),
        ])
    func refusals(_ bad: Bad) {
        let found = problems(in: Self.yaml(replacing: [bad.line: bad.text]))
        #expect(found.contains { $0.contains(bad.problem) }, "\(found)")
    }

    @Test(
        "so is what does not go together",
        arguments: [
            ("  - {kind: pod, name: b, port: 80}", "spec.destinations[1]: the destination b:80 is there twice"),
            ("  pathMTU: true", "spec.pathMTU: the path's MTU is looked for on layer 3"),
            ("  sources: [{name: c}]", "spec.sources: there is a source already"),
            ("  protocol: dns", "spec.protocol: layer 4 has tcp and udp"),
            ("  local: {names: {'a b': 10.0.0.1}}", "spec.local.names: a b is no name"),
            ("  local: {names: {A: 10.0.0.1, a: 10.0.0.1}}", "spec.local.names: the name a is there twice"),
            (
                "  - {kind: name, name: x.y, port: 53}\n  local: {ports: [53]}",
                "spec: the local name server has port 53 already"
            ),
            ("  converge: true", "spec.converge: say for how long what is expected is waited for"),
            ("  converge: true\n  deadline: 1s\n  interval: 10us", "spec.interval: attempts that wait"),
            ("  protocol: http", "spec.protocol: layer 4 has tcp and udp; dns, http and https are layer 7"),
            ("  trusted: /ca.pem", "spec.trusted: certificates are of https on layer 7"),
            ("  - {kind: pod, name: c, port: 1, path: /x}", "spec.destinations[1]: c:1/x has a path or a status"),
            (
                "  - {kind: pod, name: c, port: 1, path: x y}",
                "spec.destinations[1].path: expected a path that begins with /"
            ),
            (
                "  - {kind: pod, name: c, port: 1, status: 99}",
                "spec.destinations[1].status: expected a whole number from 100"
            ),
            ("  count: 0", "spec.count: expected a whole number from 1 to 10000"),
            ("  packetSize: 8B", "spec.packetSize: expected 16B to 65507B, found 8B"),
            ("  local: {blocks: [{to: x}]}", "spec.local: there is no pod x"),
            ("  local: {services: [{name: s}]}", "spec.local: nothing asks for the service s"),
            ("  local: {nodes: 0}", "spec.local.nodes: expected a whole number from 1 to 64"),
            ("  local: {external: [8.8.8.8, 8.8.8.8]}", "8.8.8.8 is there twice"),
            ("  local: {external: ['2001:db8::7']}", "2001:db8::7, which is outside, is of ipv6"),
            ("  local: {external: [127.0.0.1]}", "nobody outside can have the address 127.0.0.1"),
            ("  local: {external: [224.0.0.1]}", "nobody outside can have the address 224.0.0.1"),
            (
                "  family: ipv6\n  local: {external: ['ff02::1']}", "nobody outside can have the address ff02::1"
            ),
            (
                "  - {kind: service, name: s, port: 80}\n  family: ipv6",
                "the service s has an IPv4 address here, and that is not asked for"
            ),
            (
                "  - {kind: name, name: www.example, port: 80}\n  family: ipv6\n  local: {names: {www.example: 203.0.113.7}}",
                "www.example has the address 203.0.113.7, and ipv4 is not asked for"
            ),
            ("  local: {network: macvlan}", "pods of macvlan reach the pods of their own node only"),
            (
                "  - {kind: service, name: s, port: 80}\n  local: {network: ipvlan, nodes: 1}",
                "pods of ipvlan reach the pods of their own node only"
            ),
        ])
    func contradictions(_ line: String, _ problem: String) {
        let found = problems(in: Self.yaml([line]))
        #expect(found.contains { $0.contains(problem) }, "\(found)")
    }
}

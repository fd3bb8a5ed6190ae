import Contract
import Quantities
import Resources
import Testing

@Suite("NetworkScalabilityTest decodes, and refuses what cannot be")
struct NetworkScalabilityTestTests {
    private static let lines = [
        "apiVersion: networkmachinery.io/v1alpha1",
        "kind: NetworkScalabilityTest",
        "metadata: {name: sample}",
        "spec:",
        "  proxies: [iptables-nft, nftables]",
        "  services: [10, 100]",
        "  repetitions: {minimum: 6, maximum: 6}",
    ]

    private static func yaml(_ more: String..., replacing replacements: [Int: String] = [:]) -> String {
        let lines = lines.enumerated().map { replacements[$0.offset + 1] ?? $0.element }
        return (lines + more).joined(separator: "\n") + "\n"
    }

    private func spec(_ yaml: String) throws -> NetworkScalabilityTest.Spec {
        let documents = try ResourceDecoder.decode(yaml: yaml, file: "t.yaml")
        return try #require(documents.first?.resource as? NetworkScalabilityTest).spec
    }

    @Test("what is left out has the documented default")
    func defaults() throws {
        let spec = try spec(Self.yaml())
        #expect(
            spec
                == NetworkScalabilityTest.Spec(
                    proxies: [.iptablesNFT, .nftables],
                    services: [10, 100],
                    repetitions: .init(minimum: 6, maximum: 6)
                )
        )
        #expect(spec.endpointsPerService == [2])
        #expect(spec.serviceRange.description == "10.96.0.0/12")
        #expect(spec.positions == [.first, .middle, .last, .random])
        #expect(!spec.measure.contains(.churn))
    }

    @Test("every key is read")
    func everything() throws {
        let spec = try spec(
            Self.yaml(
                "  endpointsPerService: [1, 100000]",
                "  serviceType: LoadBalancer",
                "  sourceRanges: [10.0.0.0/8]",
                "  sessionAffinity: ClientIP",
                "  serviceRange: 10.200.0.0/16",
                "  localhostNodePorts: false",
                "  sync: {servicesPerTransaction: 500, listsBeforeSync: false, flushesEmptyTables: true, "
                    + "endpointsFollow: false, minSyncPeriod: 10s}",
                "  measure: [program, churn, rules, restart]",
                "  positions: [last]",
                "  duration: 1s",
                "  timeout: 500ms",
                "  churn: {rate: 10/s, duration: 5s}",
                "  capacity: {percentile: p50, below: 1ms}",
                "  settle: {window: 20ms}",
                "  seed: 7",
                replacing: [6: "  services: [1]"]
            )
        )
        #expect(spec.endpointsPerService == [1, 100_000])
        #expect(spec.serviceType == .loadBalancer)
        #expect(spec.sourceRanges.map(\.description) == ["10.0.0.0/8"])
        #expect(spec.sessionAffinity == .clientIP)
        #expect(spec.serviceRange.description == "10.200.0.0/16")
        #expect(!spec.localhostNodePorts)
        #expect(
            spec.sync
                == .init(
                    servicesPerTransaction: 500, listsBeforeSync: false, flushesEmptyTables: true,
                    endpointsFollow: false, minSyncPeriod: .seconds(10)))
        #expect(spec.measure == [.program, .churn, .rules, .restart])
        #expect(spec.positions == [.last])
        #expect(spec.duration == .seconds(1))
        #expect(spec.timeout == .milliseconds(500))
        #expect(spec.churn == .init(rate: EventRate(perSecond: 10), duration: .seconds(5)))
        #expect(spec.capacity == .init(percentile: .p50, below: .milliseconds(1)))
        #expect(spec.seed == 7)
    }

    @Test("node ports end at 2767 services, and load balancers go on without them")
    func manyPorts() throws {
        let services = [6: "  services: [2767]"]
        #expect(try spec(Self.yaml("  serviceType: NodePort", replacing: services)).services == [2_767])
        let many = Self.yaml("  serviceType: LoadBalancer", replacing: [6: "  services: [50000]"])
        #expect(try spec(many).services == [50_000])
    }

    @Test("what was read and written is read as the same")
    func roundTrip() throws {
        for text in [
            Self.yaml(), Self.yaml("  serviceType: LoadBalancer", "  sourceRanges: [10.0.0.0/8]"),
            Self.yaml("  localhostNodePorts: false", "  sync: {endpointsFollow: false, minSyncPeriod: 0s}"),
        ] {
            let document = try #require(try ResourceDecoder.decode(yaml: text, file: "t.yaml").first)
            let again = try #require(try ResourceDecoder.decode(yaml: document.canonicalJSON, file: "t.yaml").first)
            #expect(again.resource as? NetworkScalabilityTest == document.resource as? NetworkScalabilityTest)
            #expect(again.canonicalJSON == document.canonicalJSON)
        }
    }

    private static let refused: [(yaml: String, expected: String)] = [
        (
            yaml("  serviceRange: 10.96.0.0/26"),
            "t.yaml:6:13: spec.services: 100 services do not fit into 10.96.0.0/26, which has 64 addresses; take a shorter prefix for serviceRange"
        ),
        (
            yaml("  serviceType: NodePort", replacing: [6: "  services: [5000]"]),
            "t.yaml:6:13: spec.services: 5000 services, and the one that a trial adds, do not fit into the node ports 30000 to 32767, which are 2768"
        ),
        (
            yaml("  serviceType: NodePort", replacing: [6: "  services: [2768]"]),
            "t.yaml:6:13: spec.services: 2768 services, and the one that a trial adds, do not fit into the node ports 30000 to 32767, which are 2768"
        ),
        (
            yaml("  sourceRanges: [10.0.0.0/8]"),
            "t.yaml:8:17: spec.sourceRanges: source ranges are for serviceType LoadBalancer, found ClusterIP"
        ),
        (
            yaml("  endpointsPerService: [100000]"),
            "t.yaml:8:24: spec.endpointsPerService: 100 services with 100000 endpoints each are more than 1000000 endpoints"
        ),
        (
            yaml("  serviceRange: 10.96.0.1/12"),
            "t.yaml:8:17: spec.serviceRange: expected an IPv4 range without bits behind its prefix, such as 10.96.0.0/12, found 10.96.0.1/12"
        ),
        (
            yaml("  serviceRange: fd00::/64"),
            "t.yaml:8:17: spec.serviceRange: expected an IPv4 range without bits behind its prefix, such as 10.96.0.0/12, found fd00::/64"
        ),
        (
            yaml("  sync: {listsBeforeSync: yes}"),
            "t.yaml:8:27: spec.sync.listsBeforeSync: expected true or false, found yes: versions of YAML do not agree on what that is"
        ),
        (
            yaml(replacing: [5: "  proxies: [nftable]"]),
            "t.yaml:5:13: spec.proxies[0]: expected one of none, iptables-legacy, iptables-nft, nftables, nftables-endpoint-chains, ipvs, found nftable. Did you mean \"nftables\"?"
        ),
        (
            yaml(replacing: [6: "  services: [50001]"]),
            "t.yaml:6:14: spec.services[0]: expected a whole number from 1 to 50000, found 50001"
        ),
    ]

    @Test("what cannot be is refused with its place", arguments: refused)
    func refusals(yaml: String, expected: String) {
        #expect(problems(in: yaml) == [expected])
    }
}

import Quantities
import Resources
import Testing

@Suite("Values of a NetworkScalabilityTest that do not go together with its network")
struct ServiceRulesTests {
    private static func yaml(
        _ lines: String..., proxies: String = "[iptables-nft, nftables]", measure: String = "[program, first-packet]"
    ) -> String {
        let spec = ["proxies: \(proxies)", "services: [3]", "measure: \(measure)"] + lines
        return """
            apiVersion: networkmachinery.io/v1alpha1
            kind: NetworkScalabilityTest
            metadata: {name: t}
            spec:
              \(spec.joined(separator: "\n  "))
              repetitions: {minimum: 1, maximum: 1}

            """
    }

    @Test(
        "a service range that is in use is refused with the range and who has it",
        arguments: [
            ("10.10.0.0/24", "10.10.0.0/24, which are those of the client and the node"),
            ("10.10.0.128/25", "10.10.0.0/24, which are those of the client and the node"),
            ("10.0.0.0/8", "10.10.0.0/24, which are those of the client and the node"),
            ("10.11.0.0/24", "10.11.0.0/24, which are those of the link between the node and the endpoints"),
            ("10.12.0.0/22", "10.12.0.0/24, which are those of the link to endpoints that are gone"),
            ("10.128.0.0/12", "10.128.0.0/10, which are those of the endpoints"),
            ("10.191.255.0/24", "10.128.0.0/10, which are those of the endpoints"),
            ("127.0.0.0/16", "127.0.0.0/8, which are no addresses of hosts: loopback"),
            ("224.0.0.0/8", "224.0.0.0/4, which are no addresses of hosts: multicast"),
            ("239.255.0.0/16", "224.0.0.0/4, which are no addresses of hosts: multicast"),
            ("240.0.0.0/8", "240.0.0.0/4, which are no addresses of hosts: reserved"),
            ("255.255.255.0/24", "240.0.0.0/4, which are no addresses of hosts: reserved"),
            ("0.0.0.0/16", "0.0.0.0/8, which are no addresses of hosts: addresses of \"this network\""),
            ("0.0.0.0/0", "0.0.0.0/8, which are no addresses of hosts: addresses of \"this network\""),
        ]
    )
    func refusesRanges(range: String, words: String) {
        let found = problems(in: Self.yaml("serviceRange: \(range)"))
        #expect(
            found == [
                "t.yaml:8:17: spec.serviceRange: \(range) holds addresses of \(words); take one such as 10.96.0.0/12"
            ]
        )
    }

    @Test(
        "a service range beside them is taken",
        arguments: [
            "10.96.0.0/12", "10.9.255.0/24", "10.10.1.0/24", "10.11.1.0/24", "10.13.0.0/16", "10.127.0.0/16",
            "10.192.0.0/12", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "126.0.0.0/8", "1.0.0.0/8",
            "223.255.255.0/24",
        ]
    )
    func takesRanges(range: String) {
        #expect(problems(in: Self.yaml("serviceRange: \(range)")) == [])
    }

    @Test("the range of balancers is in use where there are some")
    func balancers() {
        let found = problems(in: Self.yaml("serviceType: LoadBalancer", "serviceRange: 172.20.0.0/16"))
        #expect(
            found == [
                "t.yaml:9:17: spec.serviceRange: 172.20.0.0/16 holds addresses of 172.16.0.0/12, which are those of "
                    + "the load balancers; take one such as 10.96.0.0/12"
            ]
        )
    }

    @Test("source ranges have to hold the client", arguments: ["[192.168.0.0/16]", "[10.10.0.4/30, 10.10.0.0/31]"])
    func refusesSources(ranges: String) {
        let found = problems(in: Self.yaml("serviceType: LoadBalancer", "sourceRanges: \(ranges)"))
        #expect(
            found == [
                "t.yaml:9:17: spec.sourceRanges: none of these ranges holds the client, 10.10.0.2, so nothing would "
                    + "come through; add one that does, such as 10.10.0.0/24"
            ]
        )
    }

    @Test(
        "one source range that holds the client is enough",
        arguments: ["[10.10.0.2/32]", "[192.168.0.0/16, 10.0.0.0/8]", "[0.0.0.0/0]"]
    )
    func takesSources(ranges: String) {
        #expect(problems(in: Self.yaml("serviceType: LoadBalancer", "sourceRanges: \(ranges)")) == [])
    }

    @Test("there are at most so many source ranges")
    func manySources() {
        let ranges = (0..<1_000).map { "10.\(20 + $0 / 250).\($0 % 250).0/24" }.joined(separator: ", ")
        let most = "10.10.0.0/24, \(ranges)"
        #expect(
            problems(in: Self.yaml("serviceType: LoadBalancer", "sourceRanges: [\(most)]")) == [
                "t.yaml:9:17: spec.sourceRanges: expected at most 1000 ranges, found 1001"
            ]
        )
    }

    @Test("the mode none alone needs something that it can measure")
    func nothingToMeasure() {
        for measure in ["[program]", "[add-one, delete-one, churn]", "[rules, read-back, remove, restart]"] {
            #expect(
                problems(in: Self.yaml(proxies: "[none]", measure: measure)) == [
                    "t.yaml:7:12: spec.measure: the mode none has nothing to program, and nothing else is asked for; "
                        + "add one of first-packet, established, connection-rate, or another mode"
                ]
            )
            #expect(problems(in: Self.yaml(proxies: "[none, nftables]", measure: measure)) == [])
        }
        for measure in ["first-packet", "established", "connection-rate"] {
            #expect(problems(in: Self.yaml(proxies: "[none]", measure: "[program, \(measure)]")) == [])
        }
    }

    @Test("networks overlap when one holds the start of the other")
    func overlaps() throws {
        func overlap(_ left: String, _ right: String) throws -> Bool {
            let (left, right) = (try CIDR(parsing: left), try CIDR(parsing: right))
            #expect(left.overlaps(right) == right.overlaps(left))
            return left.overlaps(right)
        }
        #expect(try overlap("10.0.0.0/8", "10.255.0.0/16"))
        #expect(try overlap("10.0.0.0/8", "10.0.0.0/8"))
        #expect(try overlap("0.0.0.0/0", "255.255.255.255/32"))
        #expect(try !overlap("10.0.0.0/9", "10.128.0.0/9"))
        #expect(try !overlap("10.0.0.0/8", "fd00::/8"))
        #expect(try overlap("10.0.0.7/8", "10.1.0.0/16"))
    }
}

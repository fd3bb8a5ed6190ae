import Contract
import Netlink
import Quantities
import Testing

@testable import TrafficShaping

@Suite("the rules of a cut")
struct CutRulesTests {
    @Test("what vanishes does so at the interface, of both families, and is counted")
    func drop() {
        let rules = CutRules(TrafficCut(), holder: 7)
        #expect(
            rules.text == """
                add table netdev nm-cut-7
                add chain netdev nm-cut-7 egress { type filter hook egress device "eth0" priority 0; policy accept; }
                add rule netdev nm-cut-7 egress meta protocol ip counter drop
                add rule netdev nm-cut-7 egress meta protocol ip6 counter drop

                """)
        #expect(rules.count == 2)
    }

    @Test("the exempt come first, and a filter says its peer, content and ports as seen from the interface")
    func filters() throws {
        let cut = TrafficCut(
            direction: .ingress, interface: "net1",
            filters: [TrafficFilter(peer: try CIDR(parsing: "10.0.0.0/8"), content: .tcp, peerPort: 80)],
            exempt: [TrafficFilter(content: .udp, ownPort: 9)], above: 1_000)
        let rules = CutRules(cut, holder: 7).text.split(separator: "\n").map(String.init)
        #expect(
            rules[1]
                == "add chain netdev nm-cut-7 ingress { type filter hook ingress device \"net1\" priority 0; policy accept; }"
        )
        let rule = "add rule netdev nm-cut-7 ingress "
        #expect(
            rules[2...] == [
                rule + "meta protocol ip meta l4proto 17 th dport 9 accept",
                rule + "meta protocol ip6 meta l4proto 17 th dport 9 accept",
                rule + "meta protocol ip ip saddr 10.0.0.0/8 meta l4proto 6 th sport 80 ip length > 1000 counter drop",
            ])
    }

    @Test("what is refused is refused in the stack, on the way from here and through here")
    func reject() throws {
        let address = try IPAddress(parsing: "10.96.0.10")
        let rules = CutRules(.serviceWithoutEndpoints(address, port: 80), holder: 7)
        let match = "oifname \"eth0\" meta protocol ip ip daddr 10.96.0.10/32 meta l4proto 6 th dport 80"
        for hook in ["output", "forward"] {
            #expect(
                rules.text.contains(
                    "add rule inet nm-cut-7 egress-\(hook) \(match) counter reject with tcp reset\n"))
        }
        #expect(rules.count == 2)
    }

    @Test("tables are known by their holder")
    func holders() {
        #expect(CutRules.holder(of: CutRules(TrafficCut(), holder: 123).table) == 123)
        #expect(CutRules.holder(of: .init(.inet, "nm-blocks")) == nil)
    }
}

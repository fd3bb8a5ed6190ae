import ContainerNetworking
import Quantities
import Testing

@testable import Probes

@Suite("A range that can be used up")
struct SmallRangeTests {
    private func small(_ conflist: String) throws -> JSONValue {
        let range = try CIDR(parsing: "10.244.16.0/20")
        return try JSONValue(parsing: SmallRange.conflist(conflist, range: range, directory: "/run/a/b"))
    }

    @Test("host-local gets 16 addresses and leases of its own, in either form; everything else stays")
    func replaced() throws {
        let lists = [
            #"{"name":"n","plugins":[{"type":"x","mtu":9,"ipam":{"type":"host-local","subnet":"10.0.0.0/8","gateway":"10.0.0.1"}}]}"#,
            #"{"name":"n","plugins":[{"type":"x","mtu":9,"ipam":{"type":"host-local","ranges":[[{"subnet":"10.0.0.0/8"}]]}}]}"#,
        ]
        for list in lists {
            let plugin = try #require(try small(list)["plugins"]?.array?.first)
            #expect(plugin["mtu"] == .integer(9))
            let ipam = try #require(plugin["ipam"])
            #expect(ipam["ranges"]?.text == #"[[{"subnet":"10.244.16.0/28"}]]"#)
            #expect(ipam["dataDir"] == .string("/run/a/b/leases-of-16"))
            #expect(ipam["subnet"] == nil)
            #expect(ipam["gateway"] == nil)
        }
    }

    @Test("a network whose addresses come from elsewhere is not applicable, and not a failure")
    func otherIPAM() {
        let failure = #expect(throws: ProbeFailure.self) {
            try small(#"{"name":"n","plugins":[{"type":"x","ipam":{"type":"dhcp"}}]}"#)
        }
        #expect(failure?.code == .notApplicable)
    }

    @Test("rubbish and a range that is too small are plans that cannot be carried out")
    func badPlans() throws {
        #expect(throws: ProbeFailure.self) { try small("rubbish") }
        let tiny = try CIDR(parsing: "10.0.0.0/30")
        let failure = #expect(throws: ProbeFailure.self) {
            try SmallRange.conflist("{}", range: tiny, directory: "/run/a/b")
        }
        #expect(failure?.code == .badPlan)
    }
}

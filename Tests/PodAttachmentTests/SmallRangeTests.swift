import ContainerNetworking
import Testing

@testable import PodAttachment

@Suite("A range that can be used up")
struct SmallRangeTests {
    private func ipam(_ ipam: String) throws -> JSONValue {
        let list = #"{"name":"n","plugins":[{"type":"x","mtu":9,"ipam":\#(ipam)}]}"#
        let plugin = try #require(
            try JSONValue(parsing: SmallRange.conflist(list, directory: "/run/a/b"))["plugins"]?.array?.first)
        #expect(plugin["mtu"] == .integer(9))
        return try #require(plugin["ipam"])
    }

    @Test(
        "host-local gets the first 16 addresses of each of its ranges, in either form and family, and leases of its own",
        arguments: [
            (#""subnet":"10.0.0.0/8","gateway":"10.0.0.1""#, #"[[{"subnet":"10.0.0.0/28"}]]"#),
            (#""ranges":[[{"subnet":"10.88.0.0/16","rangeStart":"10.88.9.9"}]]"#, #"[[{"subnet":"10.88.0.0/28"}]]"#),
            (#""ranges":[[{"subnet":"fd00:1::/64"}]]"#, #"[[{"subnet":"fd00:1::/124"}]]"#),
            (
                #""ranges":[[{"subnet":"10.0.0.0/8"},{"subnet":"11.0.0.0/8"}],[{"subnet":"fd00:1::/64"}]]"#,
                #"[[{"subnet":"10.0.0.0/28"}],[{"subnet":"fd00:1::/124"}]]"#
            ),
        ]
    )
    func replaced(_ members: String, _ ranges: String) throws {
        let ipam = try ipam(#"{"type":"host-local",\#(members)}"#)
        #expect(ipam["ranges"]?.text == ranges)
        #expect(ipam["dataDir"] == .string("/run/a/b/leases-of-16"))
        for single in ["subnet", "gateway", "rangeStart"] { #expect(ipam[single] == nil) }
    }

    @Test(
        "a network whose addresses come from elsewhere, or whose range is smaller, is not applicable, and not a failure",
        arguments: [
            #"{"type":"dhcp"}"#, #"{"type":"host-local","subnet":"10.0.0.0/30"}"#,
            #"{"type":"host-local","ranges":[[]]}"#,
        ]
    )
    func notApplicable(_ ipam: String) {
        let failure = #expect(throws: PodError.self) { try self.ipam(ipam) }
        #expect(failure?.code == .notApplicable)
    }

    @Test("rubbish is no list of a network")
    func badNetwork() throws {
        let failure = #expect(throws: PodError.self) {
            try SmallRange.conflist("rubbish", directory: "/run/a/b")
        }
        #expect(failure?.code == .badNetwork)
    }
}

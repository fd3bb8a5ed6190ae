import Quantities
import Testing

@Suite("Networks in CIDR form")
struct CIDRTests {
    @Test("the address is kept, and the network derived from it")
    func keepsTheAddress() throws {
        let cidr = try CIDR(parsing: "10.1.2.3/20")
        #expect(cidr.description == "10.1.2.3/20")
        #expect(cidr.network.description == "10.1.0.0")
        #expect(cidr.count == 4_096)
        #expect(try CIDR(parsing: "fd00::1/64").network.description == "fd00::")
        #expect(try CIDR(parsing: "::/0").count == 0x1p128)
    }

    @Test(
        "membership follows the prefix",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.0/8", "::1", false),
            ("0.0.0.0/0", "1.2.3.4", true), ("10.0.0.1/32", "10.0.0.1", true), ("10.0.0.1/32", "10.0.0.2", false),
            ("fd00::/63", "fd00:0:0:1::", true), ("fd00::/63", "fd00:0:0:2::", false),
        ]
    )
    func contains(network: String, address: String, expected: Bool) throws {
        #expect(try CIDR(parsing: network).contains(IPAddress(parsing: address)) == expected)
    }

    @Test("addresses and subnets are counted from the start, and end with the network")
    func counts() throws {
        let cidr = try CIDR(parsing: "10.0.0.0/16")
        #expect(cidr.address(at: 0)?.description == "10.0.0.0")
        #expect(cidr.address(at: 65_535)?.description == "10.0.255.255")
        #expect(cidr.address(at: 65_536) == nil)
        #expect(cidr.subnet(prefixLength: 24, index: 3)?.description == "10.0.3.0/24")
        #expect(cidr.subnet(prefixLength: 30, index: 5)?.description == "10.0.0.20/30")
        #expect(cidr.subnet(prefixLength: 24, index: 256) == nil)
        #expect(cidr.subnet(prefixLength: 16, index: 0) == cidr)
        #expect(cidr.subnet(prefixLength: 8, index: 0) == nil)
        #expect(cidr.subnet(prefixLength: 33, index: 0) == nil)
        let wide = try CIDR(parsing: "fd00::/16")
        #expect(wide.subnet(prefixLength: 112, index: .max)?.description == "fd00::ffff:ffff:ffff:ffff:0/112")
    }

    @Test(
        "two networks overlap where one holds the other, whichever is named first",
        arguments: [
            ("10.0.0.0/16", "10.0.3.0/24", true), ("10.0.0.0/16", "10.1.0.0/24", false),
            ("10.0.3.7/16", "10.0.0.0/16", true), ("0.0.0.0/0", "10.0.0.0/32", true), ("::/0", "10.0.0.0/8", false),
        ]
    )
    func overlaps(_ one: String, _ other: String, _ expected: Bool) throws {
        let (one, other) = (try CIDR(parsing: one), try CIDR(parsing: other))
        #expect(one.overlaps(other) == expected && other.overlaps(one) == expected)
    }

    @Test("subnets of one network never overlap", arguments: [17, 20, 24])
    func subnetsAreDisjoint(length: Int) throws {
        let cidr = try CIDR(parsing: "10.9.0.0/16")
        let total = UInt64(1) << UInt64(length - 16)
        let subnets = (0..<total).compactMap { cidr.subnet(prefixLength: length, index: $0) }
        #expect(UInt64(subnets.count) == total)
        #expect(Set(subnets.map(\.network)).count == subnets.count)
        #expect(subnets.allSatisfy { cidr.contains($0.network) })
    }

    @Test(
        "what is not a network is refused with the reason",
        arguments: [
            ("", "it is empty"), ("10.0.0.0", "it has no prefix length"), ("10.0.0.0/8/9", "it has more than one /"),
            ("10.0.0/8", "\"10.0.0\" is not an IP address"),
            ("10.0.0.0/33", "the prefix length is not a whole number from 0 to 32"),
            ("fd00::/129", "the prefix length is not a whole number from 0 to 128"),
            ("10.0.0.0/-1", "the prefix length is not a whole number from 0 to 32"),
            ("10.0.0.0/08", "the prefix length is not a whole number from 0 to 32"),
            ("10.0.0.0/", "the prefix length is not a whole number from 0 to 32"),
        ]
    )
    func refuses(text: String, reason: String) {
        #expect(
            throws: QuantityError(
                text: text,
                expectation: "a network in CIDR form, such as 10.0.0.0/16 or fd00::/64",
                reason: reason
            )
        ) { try CIDR(parsing: text) }
    }

    @Test("a prefix length beyond the family's bits counts as all of them, and a negative one as none")
    func clamped() {
        let address = IPAddress(10, 0, 0, 7)
        for (length, result) in [(-1, 0), (0, 0), (24, 24), (32, 32), (33, 32), (.max, 32), (.min, 0)] {
            #expect(CIDR(address, clampedPrefixLength: length).prefixLength == result)
        }
    }
}

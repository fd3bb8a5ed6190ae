import Quantities
import ServiceProxies
import Testing

@Suite("IPv4 addresses of tables")
struct IPv4AddressTests {
    @Test("an address has the text and the bytes that it has everywhere else")
    func sameAsGeneral() throws {
        for text in ["0.0.0.0", "10.96.0.1", "192.168.255.7", "255.255.255.255"] {
            let general = try IPAddress(parsing: text)
            let address = try #require(IPv4Address(general))
            #expect(address.description == text)
            #expect(address.bytes == general.bytes)
        }
    }

    @Test("an IPv6 address is none")
    func otherFamily() throws {
        #expect(IPv4Address(try IPAddress(parsing: "fd00::1")) == nil)
    }

    @Test("a range clears the bits behind its prefix, and knows who is in it")
    func range() throws {
        let address = try #require(IPv4Address(try IPAddress(parsing: "10.96.7.9")))
        let range = IPv4Range(address, prefixLength: 12)
        #expect(range.description == "10.96.0.0/12")
        #expect(range.count == 1_048_576)
        #expect(range.contains(range.base.advanced(by: range.count - 1)))
        #expect(!range.contains(range.base.advanced(by: range.count)))
        #expect(IPv4Range(address, prefixLength: 0).contains(IPv4Address(number: 0)))
    }
}
